/** Resources that stay in the account when the stacks are deleted. */
export interface Kept {
  readonly title: string;
  /** Types of the resources. Only those of the first type are named; the others go with them. */
  readonly types: readonly string[];
  /**
   * Names of resources that a setting creates, by the type of the setting.
   * @default - names in the account
   */
  readonly created?: Readonly<Record<string, string>>;
  readonly why: string;
  /** What to know, or to do in a console, before the command; empty if there is nothing. */
  readonly how: string;
  /**
   * Arguments of the AWS CLI up to the name of the resource.
   * @default - only `how` removes it
   */
  readonly command?: string;
  /**
   * Option with which the stack deletes them, and when that fails.
   * @default - none
   */
  readonly instead?: string;
}

const EVIDENCE = '`auditTrail.keepOnRemoval: false` deletes it with the stack.';
const PEOPLE =
  '`access.keepOnRemoval: false` deletes them with the stack, but fails if a user has an MFA device. Setting it may reset passwords, or fail once a first-time password was deleted.';
const SERVICE_ROLES = {
  'Custom::ConfigServiceRole': 'AWSServiceRoleForConfig',
  'Custom::GuardDutyRole': 'AWSServiceRoleForAmazonGuardDuty',
  'Custom::SecurityHubRole': 'AWSServiceRoleForSecurityHubV2',
};

/** In the order of removal: the key last, because nobody can read the logs without it. */
export const KEPT: readonly Kept[] = [
  {
    title: 'Users',
    types: ['AWS::IAM::User', 'AWS::SecretsManager::ResourcePolicy'],
    why: 'Nobody is locked out. They keep their passwords, but billing viewers lose their permissions.',
    how: 'Sign in as a user who stays. Delete the user in the IAM console, which also deletes the password, access keys, and MFA devices.',
    instead: PEOPLE,
  },
  {
    title: 'Groups of people',
    types: ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::UserToGroupAddition'],
    why: 'They grant these users their permissions, and deny everything without MFA.',
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_delete.html
    how: 'Delete the group in the IAM console, which also deletes its policies and removes its users.',
    instead: PEOPLE,
  },
  {
    title: 'Roles of administrators',
    types: ['AWS::IAM::Role'],
    why: 'In role mode, they are the way into the account.',
    how: 'Delete the role in the IAM console, as another administrator.',
    instead: PEOPLE,
  },
  {
    title: 'Buckets with log files',
    types: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
    why: 'They are evidence, and deleted versions cannot be recovered.',
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/empty-bucket.html
    how: 'Choose Empty in the S3 console, which also deletes earlier versions, and then delete the bucket:',
    command: 'aws s3api delete-bucket --bucket',
    instead:
      '`auditTrail.keepOnRemoval: false` deletes them with the stack, but fails if a bucket has objects.',
  },
  {
    title: 'Log group of the trail',
    types: ['AWS::Logs::LogGroup'],
    why: 'Investigations search its events.',
    how: '',
    command: 'aws logs delete-log-group --log-group-name',
    instead: EVIDENCE,
  },
  {
    title: 'Encryption key',
    types: ['AWS::KMS::Key'],
    why: 'Without it, nobody can read what it encrypted, such as the log files of the trail. It costs 1 to 3 USD a month.',
    how: 'Do this last, and as root: its policy denies it to everyone else. AWS deletes the key after 30 days; until then, you can cancel:',
    command: 'aws kms schedule-key-deletion --pending-window-in-days 30 --key-id',
    instead: EVIDENCE,
  },
  {
    title: 'Notification hub',
    types: ['AWS::Notifications::NotificationHub'],
    why: "AWS keeps the last hub of an account. It costs nothing. To deploy again, set `notifications: { rootNotice: 'existing-hub' }`.",
    how: '',
  },
  {
    title: 'Service-linked roles',
    types: Object.keys(SERVICE_ROLES),
    created: SERVICE_ROLES,
    why: 'Others may use the service. They cost nothing.',
    how: 'Delete the role in the IAM console. AWS refuses while something uses it.',
  },
  {
    title: 'Accounts of the organization',
    types: ['AWS::Organizations::Account'],
    why: 'People and workloads are in them, and closing an account cannot be undone after 90 days.',
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_close.html
    how: 'Close an account in the AWS Organizations console. To deploy again, write its ID into the configuration.',
  },
  {
    title: 'Organizational units',
    types: ['AWS::Organizations::OrganizationalUnit'],
    why: 'Accounts are in them.',
    how: 'Move the accounts, then delete the OU in the AWS Organizations console. To deploy again, write its ID into the configuration.',
  },
];

/** Stands for what follows a command, where the account was not read. */
export const PLACE = '<name> --region <home Region>';

/** What is gone for good with the stacks, by type. */
export const LOST: Readonly<Record<string, string>> = {
  'AWS::CloudTrail::Trail': 'The trail stops recording events.',
  'AWS::IAM::User': 'Users are deleted with their passwords.',
  'AWS::S3::Bucket': 'Recorded events are deleted with the buckets and the log group.',
  'AWS::KMS::Key': 'AWS deletes the encryption key after 30 days.',
  'AWS::GuardDuty::Detector': 'GuardDuty’s findings are deleted with the detector: export them first.',
  'AWS::SecretsManager::Secret': 'First-time passwords that nobody has read are gone.',
  'AWS::SecurityHub::Hub': 'Security Hub’s findings are deleted with the hub: export them first.',
  'AWS::SNS::Subscription': 'Nobody gets notifications any more.',
};

/** How a restored setting differs from before, by type. */
export const RESTORED_OTHERWISE: Readonly<Record<string, string>> = {
  'Custom::DefaultVpc': 'as new VPCs with other IDs',
};

/** How to delete the stacks, and what comes before. */
export const STEPS = {
  deployed:
    'Delete the stacks with these commands, as root or an administrator. They need no deployment, which could change or create something first:',
  protection: 'Set `terminationProtection: false` in the configuration.',
  organization:
    'Remove the stacks of the organization first, in the order of docs/organization.md: later, the CDK CLI no longer knows them.',
  destroy:
    'Deploy that even if the CDK CLI reports `(no changes)`, and delete the stacks, including those in us-east-1:',
  commands: ['npx cdk deploy --all', 'npx cdk destroy --all'],
  earlier:
    'Not in this plan: what an earlier change or removal left, such as a user who was removed from the configuration, or the key and the buckets of a former profile.',
  again:
    'To deploy again while the users exist, run `npx cdk deploy --all --import-existing-resources`. They keep their passwords; delete the new secrets.',
} as const;

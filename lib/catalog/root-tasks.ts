/**
 * A task that only the root user can do. All texts except the title can contain Markdown.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#root-user-tasks
 */
export interface RootTask {
  /** Stable name in PascalCase. */
  readonly id: string;
  /** The task in the imperative, such as 'Close the account'. At most 60 characters. */
  readonly title: string;
  /**
   * CloudTrail events that the task creates: `eventSource` without `.amazonaws.com`, and `eventName`. Empty
   * if no event is known.
   */
  readonly events: readonly { readonly source: string; readonly name: string }[];
  /** When you need it. */
  readonly when: string;
  /** What to do, in order. Root does each step unless it says otherwise. */
  readonly steps: readonly string[];
  /** What to check afterwards. */
  readonly after: readonly string[];
  /** How to avoid using root, or why that is not possible. */
  readonly avoid: string;
  /** Which part of it a central root session (`sts:AssumeRoot`, member accounts only) can do. */
  readonly centralSession: string;
  /** AWS page with instructions. */
  readonly link: string;
  /**
   * What could not be verified.
   * @default - nothing
   */
  readonly unverified?: string;
}

export const ROOT_TASKS: readonly RootTask[] = [
  {
    id: 'ChangeRootPassword',
    title: 'Change or reset the root password',
    events: [
      { source: 'iam', name: 'ChangePassword' },
      { source: 'billingconsole', name: 'SetAccountPreferences' },
      { source: 'signin', name: 'PasswordRecoveryRequested' },
      { source: 'signin', name: 'PasswordRecoveryCompleted' },
      { source: 'signin', name: 'PasswordUpdated' },
    ],
    when: 'The password may have leaked, someone who knows it leaves, or you lost it.',
    steps: [
      'Generate a new password of at least 20 characters with your password manager. The IAM password policy does not apply to root.',
      '**If you know the old password:** choose the account name at the top right, **Account**, then **Actions** next to the account details, **Update email address and password**. Next to **Password**, choose **Edit**, fill in the form, and choose **Save changes**.',
      '**If you lost it:** sign out, go to <https://console.aws.amazon.com/>, choose **Root user**, enter the root e-mail address, and choose **Forgot your password?**. Follow the e-mail from an address that ends in `@verify.signin.aws`. Check the spam folder too.',
      'Store the new password where the old one was. Do not store it in this account.',
    ],
    after: [
      'Sign out, then sign in with the new password and MFA.',
      'After a leak, check that [root has no access keys](#delete-the-root-access-keys) and that [its MFA devices are yours](#add-or-replace-a-root-mfa-device).',
    ],
    avoid:
      'Not possible in a standalone or management account. A member account needs no root password: delete it with a central root session.',
    centralSession:
      'Partly: `IAMDeleteRootUserCredentials` deletes the password, and `IAMCreateRootUserPassword` allows recovery.',
    link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-password.html',
    unverified:
      'Which way creates which event. AWS documents `ChangePassword` and `SetAccountPreferences`. The `signin` names come from public detection rules. The AWS pages on the password and on the e-mail address name different buttons for the form. **Security credentials** offers a second way.',
  },
  {
    id: 'DeleteRootAccessKeys',
    title: 'Delete the root access keys',
    events: [
      // Not created by the task: it shows why the task is needed.
      { source: 'iam', name: 'CreateAccessKey' },
      { source: 'iam', name: 'UpdateAccessKey' },
      { source: 'iam', name: 'DeleteAccessKey' },
    ],
    when: 'As soon as one exists. `CreateAccessKey` by root means that someone created one. Unless you created it for [MFA delete](#turn-on-mfa-delete-on-an-s3-bucket), treat it as an account takeover.',
    steps: [
      'Choose the account name at the top right, then **Security credentials**, **Access keys**.',
      'If nobody knows the key, or if it leaked, continue immediately. If one of your programs may use it (see **Last used**), give the program a role first. Choose **Actions**, **Deactivate** to see what breaks; you can undo this.',
      'Select the key and choose **Actions**, **Delete**. Confirm with **Deactivate**, enter the key ID, and choose **Delete**.',
      'If there is a second key, repeat this. Do not create a new one.',
    ],
    after: [
      'As an administrator, check that `aws iam get-account-summary` shows `"AccountAccessKeysPresent": 0`.',
      'In CloudTrail, look up **AWS access key** with the ID of the key to see what it was used for.',
      'After a leak, also [change the root password](#change-or-reset-the-root-password).',
    ],
    avoid:
      'Do not create root access keys. To run a command as root, use CloudShell, or `aws login` with the root sign-in. Both get temporary credentials. Outside GovCloud, MFA delete is the only task known to need a key.',
    centralSession:
      'Yes: `IAMAuditRootUserCredentials` lists them, `IAMDeleteRootUserCredentials` deletes them.',
    link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user_manage_delete-key.html',
  },
  {
    id: 'ChangeRootMfa',
    title: 'Add or replace a root MFA device',
    events: [
      { source: 'iam', name: 'EnableMFADevice' },
      { source: 'iam', name: 'CreateVirtualMFADevice' },
      { source: 'iam', name: 'DeactivateMFADevice' },
      { source: 'iam', name: 'DeleteVirtualMFADevice' },
    ],
    when: 'You have a new device, a device is lost, broken, or stolen, or the person who holds it leaves. AWS requires an MFA device within 35 days of the first sign-in.',
    steps: [
      '**If you lost the device:** at the MFA prompt, choose **Try another MFA method** and use a second device. If you have none, choose **Troubleshoot MFA**, then **Sign in using alternative factors**. AWS sends an e-mail to the root address and calls the phone number of the primary contact. An administrator can correct that number first.',
      'Choose the account name at the top right, then **Security credentials**, **Multi-factor authentication (MFA)**, **Assign MFA device**.',
      'Name the device after the place where you keep it. Choose **Passkey or Security Key**, **Next**, and follow the instructions of the browser.',
      'Add a second device, and keep it elsewhere. You can have up to eight.',
      'Only then select the old device, choose **Remove**, and confirm with **Remove**.',
    ],
    after: [
      'Sign out, and sign in once with each device.',
      'Check that the list contains only devices that you know. AWS confirms each removal by e-mail.',
      'If the device was stolen, also [change the root password](#change-or-reset-the-root-password).',
    ],
    avoid: 'Not possible. With two devices in two places, losing one is harmless.',
    centralSession: 'Partly: `IAMDeleteRootUserCredentials` deactivates a device. It cannot add one.',
    link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html',
  },
  {
    id: 'ChangeRootEmail',
    title: 'Change the root e-mail address',
    events: [
      { source: 'billingconsole', name: 'SetAccountPreferences' },
      { source: 'signin', name: 'EmailUpdated' },
    ],
    when: 'The mailbox or its domain is going away, or only one person reads it. Anyone who reads it can reset the root password.',
    steps: [
      'Set up the new mailbox: a group address in your own domain that at least two people read. The domain must not depend on this account, so it must not be registered in its Route 53.',
      'Choose the account name at the top right, then **Account**. Next to the account details, choose **Actions**, **Update email address and password**.',
      'Next to the address, choose **Edit**. Enter the new address twice and the current password, then choose **Save and continue**.',
      'Enter the code that AWS sends to the new address, then choose **Confirm updates**. The code comes from `no-reply@verify.signin.aws` within five minutes. Check the spam folder too.',
    ],
    after: [
      'Sign out, then sign in with the new address. It can take up to four hours for every service to use it.',
      'Record the new address where you keep the root credentials.',
      'Keep the old mailbox until an e-mail from AWS has arrived in the new one.',
    ],
    avoid:
      'In a member account, the management account changes it in AWS Organizations (`account:StartPrimaryEmailUpdate`, then `AcceptPrimaryEmailUpdate`). Otherwise not possible. A group address rarely needs to change.',
    centralSession: 'No, and none is needed: AWS Organizations changes it.',
    link: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-root-user-email.html',
    unverified:
      'The event `EmailUpdated` appears only in public detection rules, not on any AWS page. AWS documents `SetAccountPreferences`.',
  },
  {
    id: 'RestoreAdministrator',
    title: 'Restore the permissions of the last administrator',
    events: [
      { source: 'iam', name: 'CreateUser' },
      { source: 'iam', name: 'CreateLoginProfile' },
      { source: 'iam', name: 'AddUserToGroup' },
      { source: 'iam', name: 'AttachGroupPolicy' },
      { source: 'iam', name: 'DetachUserPolicy' },
      { source: 'iam', name: 'DeleteUserPolicy' },
      { source: 'iam', name: 'DeleteUserPermissionsBoundary' },
    ],
    when: 'No one is left who can change IAM. First, sign in again **with MFA**. Without MFA, the baseline denies an administrator nearly everything, which is intended.',
    steps: [
      'Find out what happened before you fix it. In CloudTrail, in the Region US East (N. Virginia), open **Event history**, filter by event source `iam.amazonaws.com`, and see who removed the permissions. If it was none of you, treat it as an account takeover.',
      'Open IAM, **Users**, and the administrator. If the user was deleted, choose **Create user**, with console access. On **Groups**, add the group `Administrators` (or the name in `access.groupName`) if it is missing.',
      'On **Permissions**, remove the user policies that deny access, and any permissions boundary that none of you set. Keep the group policy that denies access without MFA: it is intended.',
      'Open **User groups**, the same group, **Permissions**, and attach `AdministratorAccess` if it is missing.',
      'Do nothing else as root. Sign out, and let the administrator do the rest.',
    ],
    after: [
      'The administrator signs in with MFA and opens IAM.',
      'The administrator redeploys the stack to restore everything else that changed.',
      'Keep two administrators from now on.',
    ],
    avoid:
      'Have two administrators, so that one can restore the other. In a member account, the management account can use `OrganizationAccountAccessRole`, if that role exists.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-edit.html',
    unverified:
      'The events are those of the steps above. The list is not complete, because root can also use other IAM calls.',
  },
  {
    id: 'CloseAccount',
    title: 'Close the account',
    events: [{ source: 'billingconsole', name: 'CloseAccount' }],
    when: 'You no longer need the account. You have 90 days to change your mind. After that, AWS deletes the content, and the account cannot be reopened.',
    steps: [
      'Copy what you want to keep, such as data, bills, and the audit trail.',
      'Cancel AWS Marketplace subscriptions, which are still billed. Reserved Instances and Savings Plans are billed until they end.',
      'If the domain of the root e-mail address is registered in this account’s Route 53, move the domain or [change the address](#change-the-root-e-mail-address) first. Otherwise you lose both.',
      'If you want to use the root e-mail address or the account alias for another account, change or delete it first. Closing the account releases neither.',
      'Trails continue to deliver after the account is closed. Delete those that you do not want.',
      'In a management account, close every member account first.',
      'Check that the account number at the top right is the one that you want to close. Choose the account name, **Account**, **Close account**. Enter the account number and choose **Close account**.',
    ],
    after: [
      'AWS confirms the closure by e-mail to the root address within minutes. If no e-mail arrives within a few hours, ask AWS Support.',
      'Keep the root credentials and the MFA device for 90 days. Root can still sign in to view bills and to ask AWS Support to reopen the account.',
      'You get one more bill in the following month. Pay it: AWS does not reopen an account with unpaid bills.',
    ],
    avoid:
      'In a member account, the management account closes it in AWS Organizations (`organizations:CloseAccount`).',
    centralSession: 'No, and none is needed: AWS Organizations closes it.',
    link: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html',
  },
  {
    id: 'ActivateBillingAccess',
    title: 'Activate IAM access to Billing',
    events: [{ source: 'billingconsole', name: 'SetIAMAccessPreference' }],
    when: 'Once per account. Until then, only root can open the Billing pages. See [Billing access](../billing-access.md).',
    steps: [
      'Choose the account name at the top right, then **Account**.',
      'Next to **IAM user and role access to Billing information**, choose **Edit**, select **Activate IAM Access**, and choose **Update**.',
    ],
    after: [
      'An administrator signs in with MFA, opens **Billing and Cost Management**, **Bills**, and sees this month’s bill.',
    ],
    avoid:
      'Not possible: AWS has no API for it. It is already active in accounts that AWS Organizations created.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/control-access-billing.html#ControllingAccessWebsite-Activate',
  },
  {
    id: 'DownloadTaxInvoice',
    title: 'Download a tax invoice that is closed to IAM users',
    events: [{ source: 'taxconsole', name: 'DownloadTaxInvoice' }],
    when: 'Accounting needs a tax invoice that an administrator cannot download. According to AWS, this applies to invoices from AWS Inc. and AISPL (India). IAM users can download those from AWS Europe.',
    steps: [
      'First, try the same steps as an administrator or billing viewer. They can download most invoices.',
      'As root, open **Billing and Cost Management**, **Bills**, and choose the **Billing period**. Its status must be **Issued**.',
      'Under **Tax Invoices and Supplemental Documents** (for AWS EMEA SARL, among its charges), choose the **Document ID**.',
    ],
    after: [
      'Check that the PDF shows the right month, company, and tax number.',
      'File it where accounting can find it, so that nobody needs root for it again.',
    ],
    avoid:
      'Try `aws invoicing get-invoice-pdf --invoice-id ID` as an administrator. It also returns the supplemental documents. Or have AWS e-mail PDF invoices: see **Billing preferences**.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/getting-viewing-bill.html',
    unverified:
      'Which invoices are still closed to IAM users: the AWS page names a permission that was retired in 2023. The event source: the event table in the AWS documentation has `taxconsole.amazon.com`, while the text above it and the EventBridge reference have `taxconsole.amazonaws.com`.',
  },
  {
    id: 'SignUpForGovCloud',
    title: 'Sign up for AWS GovCloud (US)',
    events: [],
    when: 'You need your first GovCloud account. AWS accepts US companies, with a US citizen or green card holder as the account holder.',
    steps: [
      'Create a new standard account for it. It pays for the GovCloud account, and closing one affects the other.',
      'Sign in to the new account as root. Choose the account name at the top right, then **Account**.',
      'Under **Other settings**, choose **AWS GovCloud**. If there is no such link, you are not root, or AWS Support must enable it.',
      'Accept the agreement and answer the eligibility questions. AWS checks the answers.',
    ],
    after: [
      'Sign in at <https://signin.amazonaws-us-gov.com> with the `Administrator` user that AWS created.',
      'Set up MFA for that user, and deploy this baseline there too. The alarms of the standard account do not cover GovCloud.',
    ],
    avoid:
      'Only for additional accounts: the management account of an organization calls `organizations:CreateGovCloudAccount`. The first one needs root.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/getting-started-sign-up.html',
    unverified: 'Which event it creates besides the root sign-in.',
  },
  {
    id: 'RequestGovCloudRootKeys',
    title: 'Request root access keys of AWS GovCloud (US)',
    events: [],
    when: 'The last administrator of a GovCloud account is locked out. GovCloud has no root sign-in, so root access keys are the only way. AWS gives them only to root of the standard account, through a support case. Ask early.',
    steps: [
      'If a service control policy in GovCloud denies root, the GovCloud management account must allow root `iam:CreateAccessKey`, `DeleteAccessKey`, and `ListAccessKeys`.',
      'In the standard account, in the Region `us-east-1`, an administrator creates an asymmetric KMS key (`ENCRYPT_DECRYPT`, `RSA_2048`) with the key policy from the AWS page. The policy allows the AWS account named there to encrypt.',
      'As root of the standard account, open **Support Center**, **Create case**, **Account and billing**, service **Account**, category **AWS GovCloud (US) - Request Root Credentials**. Fill in the template from the AWS page completely: one account per case, legal names, and the key ARN.',
      'When AWS answers, open CloudShell as root of the standard account and run the two commands from the case: `aws secretsmanager get-secret-value`, then `aws kms decrypt`. **The first works only once.** Save its output before you do anything else.',
      'Use the key only for the repair, such as giving an administrator a new password. Then delete it immediately with `aws iam delete-access-key`.',
    ],
    after: [
      'Check that the administrator can sign in to GovCloud with MFA.',
      'In GovCloud, check that `aws iam get-account-summary` shows `"AccountAccessKeysPresent": 0`.',
      'Remove the key from `~/.aws/credentials` in CloudShell, and schedule the KMS key for deletion.',
    ],
    avoid: 'Have two administrators in GovCloud, so that one can restore the other.',
    centralSession: 'No. In GovCloud itself, central root sessions can unlock bucket and queue policies.',
    link: 'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-account-root-user.html',
    unverified:
      'Which events it creates. Expect the commands above in the standard account, and `CreateAccessKey` in the GovCloud account when AWS creates the key.',
  },
  {
    id: 'RegisterReservedInstanceSeller',
    title: 'Register as a seller of Reserved Instances',
    events: [],
    when: 'You want to sell EC2 Reserved Instances that you no longer need. You can sell only standard ones that are at least 30 days old and have at least a month left. AWS keeps 12 % of the upfront price.',
    steps: [
      'Check that you are eligible: the bank must have an address in the US, and accounts whose seller is AWS India are excluded.',
      'As root, open <https://us-east-1.console.aws.amazon.com/rimarketplace/home?region=us-east-1>, choose **Manage Bank Account**, and enter the bank account.',
      'Complete the tax interview. Have the company’s tax number ready, and someone from accounting available.',
    ],
    after: [
      'AWS confirms the registration by e-mail. Verifying the bank account can take two weeks, and AWS makes no payments before that.',
      'An administrator creates the listing, without root: EC2, **Reserved Instances**, **Actions**, **Sell Reserved Instances**.',
    ],
    avoid:
      'Not possible. Instead, let other accounts of the organization use the Reserved Instances, or let them expire.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ri-market-general.html',
    unverified: 'Which event it creates besides the root sign-in.',
  },
  {
    id: 'RecoverKmsKey',
    title: 'Recover a KMS key that nobody can manage',
    events: [],
    when: 'The key policy names only users or roles that no longer exist. Data encrypted with the key cannot be read until you recover it. Do not schedule the key for deletion.',
    steps: [
      'First, as an administrator, run `aws kms get-key-policy --key-id ID --policy-name default`. If the policy allows the account (`…:root`), fix it with `put-key-policy`, as an administrator, or as root in CloudShell if no administrator is left.',
      'As an administrator, check the phone number of the primary contact under **Account**. AWS calls that number, so make sure that someone answers it.',
      'As an administrator, open a case in **Support Center**. Give the key ARN, say that its policy locks everyone out, and name who should manage it.',
      'Answer the call and confirm the code of the case. If you have not opened a case, do not give a code to any caller.',
    ],
    after: [
      'Check that an administrator can read and write the key policy, and can decrypt a test object.',
      'Check that the policy allows `kms:*` to the account, `arn:aws:iam::ACCOUNT:root`, so that IAM policies can grant access from now on.',
    ],
    avoid:
      'Keep the statement that allows the account in every key policy. The CDK adds it by default. Never use `BypassPolicyLockoutSafetyCheck`.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
    unverified:
      'Whether an event shows what AWS Support does, and what AWS asks in the call. AWS describes neither.',
  },
  {
    id: 'LinkMechanicalTurk',
    title: 'Link an Amazon Mechanical Turk requester account',
    events: [],
    when: 'No longer needed: AWS announced that it would close Mechanical Turk permanently on 30 September 2026. The task is listed because it was still in the AWS list of root tasks.',
    steps: [
      'Check whether the AWS page still says that the service is closed. If so, do not sign in: a page that asks for the root password for Mechanical Turk is a fraud.',
      'Only if it is open again, go to <https://requester.mturk.com/developer>, choose **Link your AWS Account**, and sign in as root.',
    ],
    after: [
      'An administrator deletes what was created for it: users with access keys, and attachments of `AmazonMechanicalTurkFullAccess`.',
    ],
    avoid: 'Not possible.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/AWSMechTurk/latest/AWSMechanicalTurkGettingStartedGuide/SetUp.html',
    unverified: 'Whether the service was closed on that day, and which event linking created.',
  },
  {
    id: 'EnableMfaDelete',
    title: 'Turn on MFA delete on an S3 bucket',
    events: [
      { source: 'iam', name: 'CreateAccessKey' },
      { source: 's3', name: 'PutBucketVersioning' },
      { source: 'iam', name: 'DeleteAccessKey' },
    ],
    when: 'A regulation explicitly requires it. The drawbacks: a root access key for a few minutes, no lifecycle rules on the bucket, and root for each version that you delete.',
    steps: [
      'First, check whether Object Lock is enough (see below). Remove the lifecycle rules of the bucket.',
      'Root needs an MFA device that shows six digits: an authenticator app or a hardware token, not a passkey. Copy its identifier from **Security credentials**.',
      'As root, open **Security credentials**, **Access keys**, and choose **Create access key**. Open CloudShell and store the key with `aws configure --profile mfa-delete`.',
      'Run `aws s3api put-bucket-versioning --profile mfa-delete --bucket BUCKET --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "IDENTIFIER 123456"`, with the digits that the device shows now.',
      '[Delete the access key](#delete-the-root-access-keys) immediately, whether it worked or not, and remove the profile from `~/.aws/credentials`.',
    ],
    after: [
      '`aws s3api get-bucket-versioning --bucket BUCKET` shows `"MFADelete": "Enabled"`.',
      '`aws iam get-account-summary` shows `"AccountAccessKeysPresent": 0`.',
    ],
    avoid:
      'S3 Object Lock in compliance mode prevents everyone, including root, from deleting versions, and an administrator can set it. A weaker choice is a bucket policy that denies `s3:DeleteObjectVersion` without `aws:MultiFactorAuthPresent`.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html',
    unverified:
      'Whether temporary credentials work. AWS does not say that they do not, but its instructions use an access key, and users report the error `DevPay and Mfa are mutually exclusive authorization methods` with a session token.',
  },
  {
    id: 'UnlockBucketPolicy',
    title: 'Remove a bucket policy that denies everyone',
    events: [
      { source: 's3', name: 'DeleteBucketPolicy' },
      { source: 's3', name: 'PutBucketPolicy' },
    ],
    when: 'A bucket denies access to everyone, including administrators: its policy denies `*`, or everything except an address, VPC, or role that does not exist.',
    steps: [
      'Make sure that the bucket policy is the cause: an organization policy or a VPC endpoint policy also denies root. In a member account, use a central root session instead (see below).',
      'As root, open CloudShell. The console shows little, because even root can access only the policy.',
      'Save a copy: `aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text`.',
      'Run `aws s3api delete-bucket-policy --bucket BUCKET`. From now on, only IAM controls access, so do the next step quickly.',
      'Sign out. An administrator corrects the copy and applies it immediately.',
    ],
    after: [
      'Check that an administrator can list the bucket and read its policy.',
      'Check that the new policy still denies what it should, such as access without TLS. If the bucket belongs to a stack, redeploy the stack.',
    ],
    avoid:
      'In a member account, use a central root session. Otherwise not possible. When you write a policy that denies access, add a condition that exempts the role that deploys.',
    centralSession:
      'Yes: `S3UnlockBucketPolicy`. In IAM of the management account: **Root access management**, the account, **Take privileged action**, **Delete Amazon S3 bucket policy**.',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html',
  },
  {
    id: 'UnlockQueuePolicy',
    title: 'Remove a queue policy that denies everyone',
    events: [{ source: 'sqs', name: 'SetQueueAttributes' }],
    when: 'An SQS queue denies access to everyone, including administrators, because its access policy denies `*`.',
    steps: [
      'Make sure that the queue policy is the cause. In a member account, use a central root session instead (see below).',
      'As root, open CloudShell in the Region of the queue. Save a copy: `aws sqs get-queue-attributes --queue-url https://sqs.REGION.amazonaws.com/ACCOUNT/QUEUE --attribute-names Policy`.',
      'Run `aws sqs set-queue-attributes --queue-url https://sqs.REGION.amazonaws.com/ACCOUNT/QUEUE --attributes \'{"Policy":""}\'` to remove the policy.',
      'Sign out. An administrator corrects the copy and applies it: SQS, the queue, **Edit**, **Access policy**, **Save**.',
    ],
    after: [
      'Check that an administrator can read the queue attributes.',
      'Check that senders and receivers work: the number of messages decreases.',
    ],
    avoid:
      'In a member account, use a central root session. Otherwise not possible. When you write a policy that denies access, add a condition that exempts the role that deploys.',
    centralSession:
      'Yes: `SQSUnlockQueuePolicy`. In IAM of the management account: **Root access management**, the account, **Take privileged action**, **Delete Amazon SQS policy**.',
    link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html',
    unverified:
      'Whether the commands work as root. The AWS page could not be read. A central root session can make these calls, but an empty policy has not been tried.',
  },
];

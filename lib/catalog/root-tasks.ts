/**
 * A task that only the root user can do. All texts but the title may hold Markdown.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#root-user-tasks
 */
export interface RootTask {
  /** Stable name in PascalCase. */
  readonly id: string;
  /** The task as a person would say it, in the imperative, e.g. 'Close the account'. At most 60 characters. */
  readonly title: string;
  /**
   * Events in CloudTrail that the task leaves: `eventSource` without `.amazonaws.com` and `eventName`; none when no
   * event is known.
   */
  readonly events: readonly { readonly source: string; readonly name: string }[];
  /** When a person needs it. */
  readonly when: string;
  /** What to do, in order, as root unless a step says otherwise. */
  readonly steps: readonly string[];
  /** What to check afterwards. */
  readonly after: readonly string[];
  /** How to do without root, or why that is not possible. */
  readonly avoid: string;
  /** What a central root session (`sts:AssumeRoot`, member accounts only) can do of it. */
  readonly centralSession: string;
  /** AWS page that tells how. */
  readonly link: string;
  /**
   * What is not verified about it, if anything.
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
    when: 'Somebody may know the password who should not, a person who knew it leaves, or it is lost.',
    steps: [
      'Make a new password with the password manager: 20 characters or more. The password policy of IAM does not apply to root.',
      "**If you know the old one:** choose the account's name at the top right, **Account**, then **Actions** beside the account details, **Update email address and password**. Beside **Password** choose **Edit**, fill in the form, **Save changes**.",
      '**If it is lost:** sign out, go to <https://console.aws.amazon.com/>, choose **Root user**, enter the root e-mail address, **Forgot your password?**. Follow the mail from an address that ends in `@verify.signin.aws`; look into the spam folder too.',
      'Put the new password where the old one was kept. Do not keep it in this same account.',
    ],
    after: [
      'Sign out, then sign in with the new password and MFA.',
      'After a leak: [root has no access keys](#delete-the-root-access-keys) and [its MFA devices are yours](#add-or-replace-a-root-mfa-device).',
    ],
    avoid:
      'Not possible in a standalone or management account. A member account needs no root password at all: delete it by a central root session.',
    centralSession:
      'In part: `IAMDeleteRootUserCredentials` deletes it, `IAMCreateRootUserPassword` allows recovery.',
    link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-password.html',
    unverified:
      "Which of the events comes with which way: AWS documents `ChangePassword` and `SetAccountPreferences`; the `signin` names are those that others' detection rules use. AWS's pages on the password and on the e-mail address lead to the form by different buttons; under **Security credentials** there is a second way.",
  },
  {
    id: 'DeleteRootAccessKeys',
    title: 'Delete the root access keys',
    events: [
      // The reason for the task rather than its trace: somebody made a key.
      { source: 'iam', name: 'CreateAccessKey' },
      { source: 'iam', name: 'UpdateAccessKey' },
      { source: 'iam', name: 'DeleteAccessKey' },
    ],
    when: 'As soon as one exists. `CreateAccessKey` by root means that somebody made one: unless it was you, for [MFA delete](#turn-on-mfa-delete-on-an-s3-bucket), treat it as a takeover.',
    steps: [
      "Choose the account's name at the top right, then **Security credentials**, **Access keys**.",
      'If nobody knows the key, or it leaked, go on at once. If a program of yours may use it (see **Last used**), give that a role of its own first; **Actions**, **Deactivate** shows what breaks and can be undone.',
      'Select the key, **Actions**, **Delete**. Confirm with **Deactivate**, enter the key id, **Delete**.',
      'The same for a second key. Do not make a new one.',
    ],
    after: [
      'As an administrator, `aws iam get-account-summary` shows `"AccountAccessKeysPresent": 0`.',
      'In CloudTrail, look up **AWS access key** with the id of the key: what was done with it?',
      'After a leak: [change the root password](#change-or-reset-the-root-password) too.',
    ],
    avoid:
      'Make none. For a command as root use CloudShell, or `aws login` with the root sign-in: both get temporary credentials. Outside of GovCloud, MFA delete is the only task known to need a key.',
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
    when: 'A device is new, lost, broken or stolen, or the person who holds it leaves. AWS demands one within 35 days of the first sign-in.',
    steps: [
      '**If the device is lost:** at the MFA prompt choose **Try another MFA method** and use a second device. Without one choose **Troubleshoot MFA**, then **Sign in using alternative factors**. AWS sends a mail to the root address and calls the phone number of the primary contact; an administrator can correct that number beforehand.',
      "Choose the account's name at the top right, then **Security credentials**, **Multi-factor authentication (MFA)**, **Assign MFA device**.",
      'Name it after the place where it is kept, choose **Passkey or Security Key**, **Next**, and follow the browser.',
      'Add a second device, kept elsewhere: up to eight are allowed.',
      'Only then select the old device and choose **Remove**, twice.',
    ],
    after: [
      'Sign out and sign in with each device once.',
      'The list holds the devices you know and no others. A mail from AWS confirms each removal.',
      'The device was stolen: [change the root password](#change-or-reset-the-root-password) too.',
    ],
    avoid: 'Not possible. Two devices in two places make losing one harmless.',
    centralSession: 'In part: `IAMDeleteRootUserCredentials` deactivates a device; it cannot add one.',
    link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html',
  },
  {
    id: 'ChangeRootEmail',
    title: 'Change the root e-mail address',
    events: [
      { source: 'billingconsole', name: 'SetAccountPreferences' },
      { source: 'signin', name: 'EmailUpdated' },
    ],
    when: 'The mailbox or its domain goes away, or only one person reads it. Whoever reads it can reset the root password.',
    steps: [
      'Have the new mailbox ready: a group address of your own domain, read by two people or more. The domain must not depend on this account, as one registered in its Route 53 would.',
      "Choose the account's name at the top right, then **Account**. Beside the account details choose **Actions**, **Update email address and password**.",
      'Beside **Email address** choose **Edit**. Enter the new address twice and the current password, then **Save and continue**.',
      'Enter the code that AWS sends to the new address (`no-reply@verify.signin.aws`, up to five minutes, perhaps in the spam folder), then **Confirm updates**.',
    ],
    after: [
      'Sign out, then sign in with the new address. It can take four hours until every service knows it.',
      'Write the new address where the root credentials are kept.',
      'Keep the old mailbox until a mail from AWS has arrived in the new one.',
    ],
    avoid:
      'A member account: the management account changes it in AWS Organizations (`account:StartPrimaryEmailUpdate`, then `AcceptPrimaryEmailUpdate`). Otherwise not possible; a group address makes it rare.',
    centralSession: 'No, and none is needed: AWS Organizations changes it.',
    link: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-root-user-email.html',
    unverified:
      "The event `EmailUpdated`: found in others' detection rules only, on no page of AWS. AWS documents `SetAccountPreferences`.",
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
    when: 'Nobody is left who may change IAM. Try first: sign in again **with MFA**. Without it this baseline denies an administrator nearly everything, and nothing is broken.',
    steps: [
      'Find out what happened before you repair it. In CloudTrail, Region US East (N. Virginia), **Event history**, event source `iam.amazonaws.com`: who took the permissions away? If it was none of you, go on as after a takeover.',
      'Open IAM, **Users**, the administrator; if the user is gone, **Create user** with access to the console. On **Groups**: add the group `Administrators` (or the name in `access.groupName`) if it is missing.',
      'On **Permissions**: remove policies of the user that deny, and a permissions boundary that none of you set. Leave the policy of the group that denies without MFA: it is meant to.',
      'Open **User groups**, the same group, **Permissions**: attach `AdministratorAccess` if it is missing.',
      'Do nothing else as root. Sign out and let the administrator do the rest.',
    ],
    after: [
      'The administrator signs in with MFA and opens IAM.',
      'The administrator deploys the stack again, and so puts right what else had changed.',
      'There are two administrators from now on.',
    ],
    avoid:
      'Have two administrators: one restores the other. In a member account the management account can use `OrganizationAccountAccessRole`, where that role exists.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-edit.html',
    unverified:
      'The events are those of the steps above. Root may make any other call of IAM for the same end, so the list is not complete.',
  },
  {
    id: 'CloseAccount',
    title: 'Close the account',
    events: [{ source: 'billingconsole', name: 'CloseAccount' }],
    when: 'The account is no longer needed. You have 90 days to change your mind; then AWS deletes the content, and the account number is gone.',
    steps: [
      'Copy out what you want to keep: data, bills, and the audit trail.',
      'Cancel what goes on costing: AWS Marketplace subscriptions. Reserved Instances and Savings Plans are billed to their end all the same.',
      'The root e-mail address is on a domain that is registered in Route 53 of this account: move the domain or [change the address](#change-the-root-e-mail-address) first, or you lose both.',
      'You want to use the root e-mail address or the account alias for another account: change or delete it first, since closing frees neither.',
      'Trails survive the closing and go on delivering. Delete those that you do not want.',
      'In a management account: close every member account first.',
      "Compare the account number at the top right with the one that you mean. Choose the account's name, **Account**, **Close account**, enter the account number, **Close account**.",
    ],
    after: [
      'A mail to the root address confirms it within minutes; ask AWS Support when none has come after a few hours.',
      'Keep the root credentials and the MFA device for 90 days. Root can still sign in to see bills and to ask Support to reopen the account.',
      'One more bill comes in the following month. Pay it: an account with debts is not reopened.',
    ],
    avoid:
      'A member account: the management account closes it in AWS Organizations (`organizations:CloseAccount`).',
    centralSession: 'No, and none is needed: AWS Organizations closes it.',
    link: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html',
  },
  {
    id: 'ActivateBillingAccess',
    title: 'Activate IAM access to Billing',
    events: [{ source: 'billingconsole', name: 'SetIAMAccessPreference' }],
    when: 'Once in the life of an account. Until then the Billing pages are closed to everybody but root. [Billing access](../billing-access.md) tells the whole story.',
    steps: [
      "Choose the account's name at the top right, then **Account**.",
      'Beside **IAM user and role access to Billing information** choose **Edit**, tick **Activate IAM Access**, **Update**.',
    ],
    after: [
      'An administrator, signed in with MFA, opens **Billing and Cost Management**, **Bills**, and sees the month.',
    ],
    avoid: 'Not possible: AWS has no API for it. Accounts that AWS Organizations made have it on already.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/control-access-billing.html#ControllingAccessWebsite-Activate',
  },
  {
    id: 'DownloadTaxInvoice',
    title: 'Download a tax invoice that is closed to IAM users',
    events: [{ source: 'taxconsole', name: 'DownloadTaxInvoice' }],
    when: 'Accounting needs a tax invoice, and an administrator does not get it. AWS says so of invoices by AWS Inc. and by AISPL (India); those of AWS Europe are open to IAM users.',
    steps: [
      'Try it as an administrator or billing viewer first, by the very same clicks. Most invoices are open to them.',
      'As root, open **Billing and Cost Management**, **Bills**, and choose the **Billing period**. Its status must be **Issued**.',
      'Under **Tax Invoices and Supplemental Documents** (for AWS EMEA SARL: among its charges) choose the **Document ID**.',
    ],
    after: [
      'The PDF shows the right month, company and tax number.',
      'It is filed where accounting finds it: next time nobody needs root for it.',
    ],
    avoid:
      'Try `aws invoicing get-invoice-pdf --invoice-id ID` as an administrator: it returns the supplemental documents as well. Or let AWS mail the invoices: **Billing preferences**, PDF invoices by e-mail.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/getting-viewing-bill.html',
    unverified:
      "Which invoices are still closed to IAM users: AWS's sentence names a permission that ended in 2023. The event source: AWS's table of events prints `taxconsole.amazon.com`, the text above that table and the EventBridge reference `taxconsole.amazonaws.com`.",
  },
  {
    id: 'SignUpForGovCloud',
    title: 'Sign up for AWS GovCloud (US)',
    events: [],
    when: 'You need a first account there. AWS accepts US companies and, as account holder, US citizens or holders of a green card.',
    steps: [
      'Make a new standard account for it: it pays for the GovCloud account, and closing one concerns the other.',
      "Sign in to the new account as root. Choose the account's name at the top right, then **Account**.",
      'Under **Other settings** choose **AWS GovCloud**. No such link: you are not root, or AWS Support has to open it.',
      'Accept the agreement and answer the questions on eligibility. AWS checks them.',
    ],
    after: [
      'You can sign in at <https://signin.amazonaws-us-gov.com> with the `Administrator` user that AWS made.',
      'That user has MFA, and this baseline is deployed there too: the alarms of the standard account do not see GovCloud.',
    ],
    avoid:
      'Only for further accounts: the management account of an organization calls `organizations:CreateGovCloudAccount`. The first one needs root.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/getting-started-sign-up.html',
    unverified: 'Which event it leaves beside the sign-in of root.',
  },
  {
    id: 'RequestGovCloudRootKeys',
    title: 'Request root access keys of AWS GovCloud (US)',
    events: [],
    when: 'The last administrator of a GovCloud account is locked out. GovCloud has no root sign-in; keys are the only way, and AWS gives them to root of the standard account only. It takes a support case: ask early.',
    steps: [
      'A service control policy in GovCloud may deny root: let its management account allow root `iam:CreateAccessKey`, `DeleteAccessKey` and `ListAccessKeys`.',
      "In the standard account, Region `us-east-1`, an administrator makes an asymmetric KMS key (`ENCRYPT_DECRYPT`, `RSA_2048`) with the key policy on AWS's page: it lets the account of AWS that is named there encrypt.",
      'As root of the standard account open **Support Center**, **Create case**, **Account and billing**, service **Account**, category **AWS GovCloud (US) - Request Root Credentials**. Fill in the template on that page completely: one account a case, legal names, the ARN of the key.',
      'When AWS answers, open CloudShell as root of the standard account and run the two commands of the case: `aws secretsmanager get-secret-value`, then `aws kms decrypt`. **The first works only once.** Save its output before you do anything else.',
      'Use the key for the one repair, such as giving an administrator a new password, and delete it at once: `aws iam delete-access-key`.',
    ],
    after: [
      'The administrator can sign in to GovCloud with MFA.',
      'In GovCloud, `aws iam get-account-summary` shows `"AccountAccessKeysPresent": 0`.',
      'Nothing is left in `~/.aws/credentials` of CloudShell; the KMS key is scheduled for deletion.',
    ],
    avoid: 'Have two administrators in GovCloud: one restores the other.',
    centralSession: 'No. In GovCloud itself, central root sessions can unlock bucket and queue policies.',
    link: 'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-account-root-user.html',
    unverified:
      'Which events it leaves. Expect the commands above in the standard account, and `CreateAccessKey` in the GovCloud account when AWS makes the key.',
  },
  {
    id: 'RegisterReservedInstanceSeller',
    title: 'Register as a seller of Reserved Instances',
    events: [],
    when: 'You want to sell EC2 Reserved Instances that you no longer need. Only standard ones, 30 days old or more and with a month left, can be sold, and AWS keeps 12 percent of the upfront price.',
    steps: [
      'Check that you may: the bank must have an address in the US, and accounts whose seller is AWS India are excluded.',
      'As root open <https://us-east-1.console.aws.amazon.com/rimarketplace/home?region=us-east-1>, **Manage Bank Account**, and enter the bank account.',
      'Answer the tax interview. Have the tax number of the company and somebody from accounting at hand.',
    ],
    after: [
      'A mail confirms the registration. The bank account can take two weeks to be verified; there is no payment before.',
      'An administrator puts up the listing: EC2, **Reserved Instances**, **Actions**, **Sell Reserved Instances**. Root is not needed for it.',
    ],
    avoid:
      'Not possible. Let other accounts of the organization use the Reserved Instances instead, or let them run out.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ri-market-general.html',
    unverified: 'Which event it leaves beside the sign-in of root.',
  },
  {
    id: 'RecoverKmsKey',
    title: 'Recover a KMS key that nobody can manage',
    events: [],
    when: 'The key policy names only users or roles that are gone. What the key encrypts cannot be read until it is recovered. Do not schedule its deletion.',
    steps: [
      'Try first, as an administrator: `aws kms get-key-policy --key-id ID --policy-name default`. If the policy allows the account (`…:root`), `put-key-policy` repairs it: by an administrator, or by root in CloudShell when none is left.',
      'As an administrator, check the phone number of the primary contact under **Account**: AWS calls that number. Have its owner ready.',
      'As an administrator, open a case in **Support Center**: the ARN of the key, that its policy locks everybody out, and who shall manage it.',
      'Answer the call and confirm the code of the case. Give it to nobody who calls without a case of yours.',
    ],
    after: [
      'An administrator can read and write the key policy, and a test object can be decrypted.',
      'The policy allows `kms:*` to the account, `arn:aws:iam::ACCOUNT:root`, so that IAM can grant access from now on.',
    ],
    avoid:
      'Keep the statement that allows the account in every key policy; the CDK writes it by default. Never pass `BypassPolicyLockoutSafetyCheck`.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
    unverified:
      'Whether an event shows what AWS Support does, and the words of the call: AWS describes neither.',
  },
  {
    id: 'LinkMechanicalTurk',
    title: 'Link an Amazon Mechanical Turk requester account',
    events: [],
    when: 'No more: AWS announced that it closes Mechanical Turk for good on 30 September 2026. The task is here because its list of root tasks still had it.',
    steps: [
      "See whether AWS's page still says that the service is closed. If it is, do not sign in: take a page that asks for the root password for Mechanical Turk for a fraud.",
      'Only if it is open again: go to <https://requester.mturk.com/developer>, **Link your AWS Account**, and sign in as root.',
    ],
    after: [
      'An administrator deletes what was made for it: users with access keys, and attachments of `AmazonMechanicalTurkFullAccess`.',
    ],
    avoid: 'Not possible.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/AWSMechTurk/latest/AWSMechanicalTurkGettingStartedGuide/SetUp.html',
    unverified: 'That the service was closed on that day, and which event linking left.',
  },
  {
    id: 'EnableMfaDelete',
    title: 'Turn on MFA delete on an S3 bucket',
    events: [
      { source: 'iam', name: 'CreateAccessKey' },
      { source: 's3', name: 'PutBucketVersioning' },
      { source: 'iam', name: 'DeleteAccessKey' },
    ],
    when: 'A rule demands it by name. It costs: a root access key for some minutes, no lifecycle rules on the bucket, and root again for each version that is to be deleted.',
    steps: [
      'See first whether Object Lock will do (below). Remove the lifecycle rules of the bucket.',
      'Root needs an MFA device that shows six digits: an authenticator app or a hardware token. A passkey shows none. Copy its identifier from **Security credentials**.',
      'As root, **Security credentials**, **Access keys**, **Create access key**. Open CloudShell and store the key with `aws configure --profile mfa-delete`.',
      '`aws s3api put-bucket-versioning --profile mfa-delete --bucket BUCKET --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "IDENTIFIER 123456"`, with the digits of this moment.',
      '[Delete the access key](#delete-the-root-access-keys) at once, whether it worked or not, and remove the profile from `~/.aws/credentials`.',
    ],
    after: [
      '`aws s3api get-bucket-versioning --bucket BUCKET` shows `"MFADelete": "Enabled"`.',
      '`aws iam get-account-summary` shows `"AccountAccessKeysPresent": 0`.',
    ],
    avoid:
      'S3 Object Lock in compliance mode keeps versions from everybody, root included, and an administrator can set it. A bucket policy that denies `s3:DeleteObjectVersion` without `aws:MultiFactorAuthPresent` is the weaker choice.',
    centralSession: 'No.',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html',
    unverified:
      'That temporary credentials do not do. AWS does not say so, but its instructions make a key, and people report the refusal `DevPay and Mfa are mutually exclusive authorization methods` with a session token.',
  },
  {
    id: 'UnlockBucketPolicy',
    title: 'Remove a bucket policy that denies everyone',
    events: [
      { source: 's3', name: 'DeleteBucketPolicy' },
      { source: 's3', name: 'PutBucketPolicy' },
    ],
    when: 'A bucket refuses everybody, administrators too: its policy denies `*`, or all but an address, VPC or role that does not exist.',
    steps: [
      'Be sure that it is the bucket policy: a policy of the organization or of a VPC endpoint stops root too. In a member account use a central root session instead, see below.',
      'As root, open CloudShell. The console shows little, since root too is refused all but the policy itself.',
      'Keep a copy: `aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text`.',
      '`aws s3api delete-bucket-policy --bucket BUCKET`. From now on IAM alone decides who gets in, so be quick with the next step.',
      'Sign out. An administrator corrects the copy and puts it back at once.',
    ],
    after: [
      'An administrator can list the bucket and read its policy.',
      'The new policy still denies what it should, such as access without TLS. A bucket of a stack: deploy the stack again.',
    ],
    avoid:
      'A member account: a central root session. Otherwise not possible. In policies, deny with conditions that leave out the role that deploys.',
    centralSession:
      'Yes: `S3UnlockBucketPolicy`. In IAM of the management account: **Root access management**, the account, **Take privileged action**, **Delete Amazon S3 bucket policy**.',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html',
  },
  {
    id: 'UnlockQueuePolicy',
    title: 'Remove a queue policy that denies everyone',
    events: [{ source: 'sqs', name: 'SetQueueAttributes' }],
    when: 'An SQS queue refuses everybody, administrators too, because its access policy denies `*`.',
    steps: [
      'Be sure that it is the queue policy. In a member account use a central root session instead, see below.',
      'As root, open CloudShell in the Region of the queue. Keep a copy: `aws sqs get-queue-attributes --queue-url https://sqs.REGION.amazonaws.com/ACCOUNT/QUEUE --attribute-names Policy`.',
      '`aws sqs set-queue-attributes --queue-url https://sqs.REGION.amazonaws.com/ACCOUNT/QUEUE --attributes \'{"Policy":""}\'` removes the policy.',
      'Sign out. An administrator corrects the copy and puts it back: SQS, the queue, **Edit**, **Access policy**, **Save**.',
    ],
    after: [
      'An administrator can read the attributes of the queue.',
      'Senders and receivers work: the number of messages falls.',
    ],
    avoid:
      'A member account: a central root session. Otherwise not possible. In policies, deny with conditions that leave out the role that deploys.',
    centralSession:
      'Yes: `SQSUnlockQueuePolicy`. In IAM of the management account: **Root access management**, the account, **Take privileged action**, **Delete Amazon SQS policy**.',
    link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html',
    unverified:
      "The commands as root. AWS's page on that could not be read; they are the calls that a central root session may make, and an empty policy has not been tried.",
  },
];

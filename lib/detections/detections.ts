/** How soon a person should look. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
type Severity = (typeof SEVERITIES)[number];

/** When an alarm rings and how urgent it is. */
interface Tuning {
  /** Sum of the events' weights in one period that raises the alarm. */
  readonly threshold: number;
  /** Length of a period, in seconds: a multiple of 60. */
  readonly period: number;
  readonly severity: Severity;
}

/** One metric and one alarm, shared by detections that ask for the same reaction: CloudWatch gives ten of each free. */
export interface Signal extends Tuning {
  /** Stable name in PascalCase; name of the metric and last part of the alarm's. */
  readonly id: string;
  /** What happened, as the subject of a message says it. */
  readonly title: string;
  /** What to do first, two or three steps; the alarm's description carries them. */
  readonly steps: readonly string[];
}

/** Something that happened in the account and that a person should hear of. */
export interface Detection extends Partial<Tuning> {
  /**
   * What happened, in PascalCase: messages and runbooks make their titles from it, the configuration tunes it or
   * switches it off by it, and the filter's name holds it.
   */
  readonly id: string;
  /** Id of its signal. With a threshold, period or severity of its own it gets an alarm of its own. */
  readonly signal: string;
  /**
   * What one event adds to the signal's metric: with a threshold of 300, a weight of 60 rings at five events.
   * @default 1
   */
  readonly weight?: number;
  /** Controls of published standards that it meets. */
  readonly controls: readonly string[];
  /**
   * Literal CloudWatch Logs filter pattern, at most 1,024 characters. `${Stack}`, `${LogGroup}` and `${Bucket}` stand for the
   * names of the stack, of the log group that is read and of the trail's bucket.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
   */
  readonly pattern: string;
  /** What it means and why it matters. */
  readonly why: string;
  /** What raises it in an everyday account, and why it is quiet enough; false positives. */
  readonly noise: string;
  /** The first five minutes, in order. */
  readonly firstMinutes: readonly string[];
  /** How to stop it, if nobody of yours did it. */
  readonly containment: readonly string[];
}

/** CloudTrail delivers to CloudWatch Logs within about five minutes; a shorter period would only split a burst. */
const AT_ONCE = { threshold: 1, period: 300 } as const;

export const SIGNALS: readonly Signal[] = [
  {
    id: 'RootUser',
    title: 'Root user used',
    ...AT_ONCE,
    severity: 'critical',
    steps: [
      'Ask at once who used root, and for which task.',
      'If nobody did: change its password, delete its access keys and unknown MFA devices.',
    ],
  },
  {
    id: 'RootCredentials',
    title: 'Root credentials or account changed',
    ...AT_ONCE,
    severity: 'critical',
    steps: [
      'Call the owner of the root mailbox: was it planned?',
      'If not: recover its password, delete its access keys and unknown MFA devices.',
      'No access? aws.amazon.com/contact-us',
    ],
  },
  {
    id: 'Safeguards',
    title: 'Safeguard off or way in opened',
    ...AT_ONCE,
    severity: 'high',
    steps: ['Ask the caller.', 'If unknown: deactivate their credentials, undo the change.'],
  },
  {
    id: 'Activity',
    title: 'Unusual or manual activity',
    threshold: 300,
    period: 300,
    severity: 'medium',
    steps: [
      'Ask the caller, unless it is a deployment.',
      'If unknown: undo it, deactivate their credentials.',
    ],
  },
];

/** Names of events as Security Hub writes them; where it does not compare, without parentheses. */
const anyOf = (names: string, exact = true) =>
  names
    .split(' ')
    .map((name) => (exact ? `($.eventName=${name})` : `$.eventName=${name}`))
    .join(' || ');

const STOP = [
  'Stop the caller: deny an IAM user everything first (open sessions outlive a deactivated key and a deleted password), then deactivate its access keys and delete its console password; revoke the sessions of a role.',
];

export const DETECTIONS: readonly Detection[] = [
  {
    id: 'RootUsed',
    signal: 'RootUser',
    controls: ['CIS 7.0 5.3', 'Security Hub CloudWatch.1'],
    // Security Hub compares this and the other texts of its controls to the letter, CloudWatch.4 and .13 excepted:
    // https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
    pattern:
      '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
    why: 'Root can do everything and cannot be limited, so every use is worth a look. This is the text of the standards; it also counts central root sessions from the management account, failed sign-ins and events that AWS delivers late.',
    noise:
      'None in normal use: people work as administrators. Alone, without RootUsedDirectly, it is a central root session, or a record that AWS delivered late or corrected; a late one can be the first that you hear of a real use.',
    firstMinutes: [
      'Ask in the team who used root, and for what.',
      'See docs/runbooks/root-user-tasks.md whether the task needs root at all.',
      'If nobody did, treat it as a takeover: see RootUsedDirectly.',
    ],
    containment: ['See RootUsedDirectly.'],
  },
  {
    id: 'RootUsedDirectly',
    signal: 'RootUser',
    // More than RootUsed, which every such event is too: messages take the title of what weighs more.
    weight: 2,
    controls: [],
    pattern:
      '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType!="AwsServiceEvent" && $.userIdentity.sessionContext.assumedRoot NOT EXISTS && $.addendum.reason NOT EXISTS}',
    why: 'Somebody holds root’s own credentials: the console sign-in, an access key, or at least the address and a guess. Central root sessions and records that come late or corrected are left out where they say so; RootUsed has them.',
    noise:
      'Only root-only tasks, which should be announced. Records of central sessions that lack `assumedRoot` count as direct; AWS shows records of both kinds.',
    firstMinutes: [
      'Ask in the team who used root, and for what; the message says console, access key or failed sign-in.',
      'Look at the source address and whether MFA was used.',
      'If nobody did, go on with containment at once.',
    ],
    containment: [
      'Sign in as root (recover the password by mail if you must) and change the password; that ends no session by itself.',
      'Delete every root access key and every MFA device that you do not know; enrol your own.',
      'Check the account’s e-mail address and phone number, then the other alarms of the last hour.',
      'Without access to root: https://aws.amazon.com/contact-us/, “compromised account”.',
    ],
  },
  {
    id: 'RootCredentialsChanged',
    signal: 'RootCredentials',
    controls: [],
    pattern:
      '{$.userIdentity.type="Root" && ($.eventName="*AccessKey" || $.eventName="*MFADevice" || $.eventName="*LoginProfile" || $.eventName="*SigningCertificate" || $.eventName="ChangePassword" || $.eventName="Password*" || $.eventName="*Email*" || $.eventName="CloseAccount" || $.eventName="SetAccountPreferences" || $.eventName="SetIAMAccessPreference") && $.eventName!="Get*"}',
    why: 'Access key, password, MFA, e-mail address, recovery, closing the account, billing access: what a takeover looks like. The usual root filter misses those that the console makes on root’s behalf (`invokedBy` signin.amazonaws.com); this one does not look at it.',
    noise:
      'The first hours of an account: root enrols MFA, sets the password and activates billing access. Never afterwards, unless planned. A central root session that deletes credentials counts too, and so do root’s visits to the e-mail identities of Amazon SES.',
    firstMinutes: [
      'Call whoever holds the root mailbox; do not ask by mail, it may be read.',
      'Compare the source address with those of your people.',
      'If nobody did it, go on with containment at once.',
    ],
    containment: [
      'Recover the root password through the mailbox; secure the mailbox first if it was taken.',
      'Delete every root access key, every signing certificate, and every MFA device that you do not know.',
      'Check e-mail address, phone number and alternate contacts.',
      'Without access to root: https://aws.amazon.com/contact-us/, “compromised account”.',
    ],
  },
  {
    id: 'BaselineTamperedWith',
    signal: 'Safeguards',
    controls: [],
    pattern:
      '{$.userIdentity.invokedBy NOT EXISTS && $.readOnly IS FALSE && $.eventName!="Create*" && $.eventName!="Subscribe" && $.eventName!="Confirm*" && $.eventName!="DeleteSecret" && ($.requestParameters.*="*${Stack}-*" || $.requestParameters.alarmNames[*]="${Stack}-*" || $.eventName="PutEventSelectors" || $.eventName="PutAlarmMuteRule" || $.requestParameters.logGroupName="${LogGroup}" || (($.requestParameters.stackName="${Stack}" || $.requestParameters.stackName="*:stack/${Stack}/*") && ($.eventName="DeleteStack" || $.requestParameters.enableTerminationProtection IS FALSE)))}',
    why: 'Something that CloudFormation named after the stack was changed or deleted by hand: an alarm deleted, silenced or overwritten, a subscription removed, the function that explains or its role changed, filters, retention or streams of the log group changed, events taken out of the trail, or the stack itself was deleted: somebody may be switching off the lights. The names of buckets begin otherwise: ChangedByHand watches the one of the trail. Who deletes the function, the topic or the key may be quicker than the event: an alarm that says nothing is no proof.',
    noise:
      'Rare: a test with SetAlarmState counts, and so does an attempt that is refused. Deployments of the baseline act through CloudFormation and are left out; a person who does the same by hand is meant. Deleting the stack takes about as long as the event needs to arrive, so this alarm may go with the stack before it rings; so may one click on “unsubscribe” in a mail, which is no call of yours.',
    firstMinutes: [
      'Ask the caller in the message.',
      'See in the CloudWatch console that the alarms have their actions, and in SNS that the subscriptions are confirmed.',
    ],
    containment: [
      ...STOP,
      'Deploy the baseline again, with a change that touches what is gone: an unchanged template deploys nothing.',
    ],
  },
  {
    id: 'TrailChanged',
    signal: 'Safeguards',
    controls: ['CIS 7.0 5.5', 'Security Hub CloudWatch.5'],
    pattern: `{${anyOf('CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging')}}`,
    why: 'Without the trail nobody sees what else happens.',
    noise:
      'Deployments that change a trail, this baseline’s first one included. Rare, and each is worth its message.',
    firstMinutes: [
      'Ask the caller; a deployment shows cloudformation.amazonaws.com as its source.',
      'See in the CloudTrail console that the trail is logging: account-baseline, or your own if you brought one.',
    ],
    containment: [...STOP, 'Start logging again, then deploy the baseline.'],
  },
  {
    id: 'KeyDisabled',
    signal: 'Safeguards',
    controls: ['CIS 7.0 5.7', 'Security Hub CloudWatch.7'],
    pattern: `{($.eventSource=kms.amazonaws.com) && (${anyOf('DisableKey ScheduleKeyDeletion')})}`,
    why: 'What was encrypted with the key can’t be read from now on, and is lost when it is deleted. If it is the baseline’s own key, messages and logs stop at once.',
    noise: 'Removing an application’s stack schedules the deletion of its key. Rare.',
    firstMinutes: [
      'Ask the caller which data the key protects.',
      'If it is the baseline’s own key (alias account-baseline), alarms are dead now: cancel and enable first, ask later. Any other key can’t be used while it waits 7 to 30 days for its deletion, but is not lost yet.',
    ],
    containment: [
      ...STOP,
      'Cancel the deletion and enable the key: `aws kms cancel-key-deletion`, `aws kms enable-key`.',
    ],
  },
  {
    id: 'ConfigChanged',
    signal: 'Safeguards',
    controls: ['CIS 7.0 5.9', 'Security Hub CloudWatch.9'],
    pattern: `{($.eventSource=config.amazonaws.com) && (${anyOf('StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder')})}`,
    why: 'AWS Config records how resources change; stopped, it records nothing.',
    noise: 'Setting up AWS Config, once. Nothing where it is not used.',
    firstMinutes: ['Ask the caller.', 'See in the AWS Config console that the recorder is on.'],
    containment: [...STOP, 'Start the recorder again.'],
  },
  {
    id: 'SignInWithoutMfa',
    signal: 'Safeguards',
    controls: ['CIS 7.0 5.2', 'Security Hub CloudWatch.3'],
    pattern:
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
    why: 'An IAM user, administrators included, signed in with a password alone. The group’s policy lets such a session do no more than enrol a device.',
    noise:
      'Once for each new person, whose first sign-in enrols MFA: expect it. Sign-ins through IAM Identity Center and roles have no such field and don’t count; root’s are told by RootUsed.',
    firstMinutes: [
      'Is the person new? Then ask whether they enrolled a device.',
      'If not new, ask whether it was them.',
    ],
    containment: STOP,
  },
  {
    id: 'AccessKeyCreated',
    signal: 'Safeguards',
    controls: [],
    pattern: '{$.eventName="CreateAccessKey"}',
    why: 'A long-term credential without MFA, and the usual way for an intruder to stay.',
    noise: 'None where people use `aws login` or roles. Each key is worth its message.',
    firstMinutes: [
      'Ask the caller what the key is for and whether a role would do.',
      'See whose key it is: the message names the user.',
    ],
    containment: [...STOP, 'Deactivate the key, then delete it.'],
  },
  {
    id: 'AccountSettingsChanged',
    signal: 'Safeguards',
    controls: [],
    // *teDetector creates, updates and deletes, and does not describe.
    pattern:
      '{$.eventName!="Get*" && ($.eventName="*PasswordPolicy" || $.eventName="*AccountPublicAccessBlock" || $.eventName="*EncryptionByDefault" || $.eventName="*MetadataDefaults" || $.eventName="*BlockPublicAccess" || $.eventName="*SerialConsoleAccess" || $.eventName="*AlternateContact" || $.eventName="*teDetector" || $.eventName="DisableSecurityHub*" || $.eventName="PutAccountPolicy" || $.eventName="PutDataProtectionPolicy" || $.eventName="DeleteAnalyzer")}',
    why: 'What the whole account rests on: passwords may be weaker, buckets, snapshots and images public, AWS’s notices go to somebody else, GuardDuty or Security Hub is switched off, or log events are masked, from now on.',
    noise:
      'The baseline’s own function sets them at the first deployment, at each that switches one on or off, and when the daily check finds one changed: the role in the message is its own then. It is not left out, since whoever may call it could have it weaken them. Deployments that switch GuardDuty on or change it count as well, and so does who deletes a detector of Amazon Fraud Detector.',
    firstMinutes: [
      'Ask the caller; if it is the baseline’s function and nothing was deployed, look for who may call or change it.',
      'See in the event which setting it is, in which Region, and what it is now: `DisableEbsEncryptionByDefault` takes away, `EnableEbsEncryptionByDefault` gives.',
    ],
    containment: [
      ...STOP,
      'Set it again: with `accountSettings.dailyCheck` that happens within a day. Otherwise switch the setting off in the configuration, deploy, switch it on and deploy again; an unchanged configuration deploys nothing.',
    ],
  },
  {
    id: 'OrganizationChanged',
    signal: 'Safeguards',
    controls: ['CIS 7.0 5.15'],
    pattern: `{$.eventSource=organizations.amazonaws.com && (${anyOf(
      'AcceptHandshake AttachPolicy CancelHandshake CreateAccount CreateOrganization CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnableAllFeatures EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdateOrganizationalUnit UpdatePolicy',
      false,
    )})}`,
    why: 'Whoever owns the organization owns its accounts: an account that joins or leaves one changes hands.',
    noise: 'Only when you administer the organization.',
    firstMinutes: ['Ask the caller.', 'See in the Organizations console what changed.'],
    containment: [...STOP, 'Leave an organization that is not yours; this needs a payment method.'],
  },
  {
    id: 'ChangedByHand',
    signal: 'Activity',
    weight: 300,
    controls: [],
    pattern:
      '{$.userIdentity.invokedBy NOT EXISTS && $.readOnly IS FALSE && (($.eventSource="iam.amazonaws.com" && ($.eventName="*Policy*" || $.eventName="*LoginProfile" || $.eventName="*UserToGroup" || $.eventName="*UserFromGroup" || $.eventName="DeactivateMFADevice") && $.eventName!="*PasswordPolicy") || $.requestParameters.bucketName="${Bucket}" || $.requestParameters.role="*/${Stack}-*" || $.eventName="PutKeyPolicy" || $.eventName="*BucketPolicy" || $.eventName="*BucketAcl" || $.eventName="*BucketPublicAccessBlock" || $.eventName="*SecurityGroup*" || $.eventName="*NetworkAcl*" || $.eventName="*Gateway*" || $.eventName="*Route*" || $.eventName="*Vpc*")}',
    why: 'Who may do what, which bucket is open and what the network lets in, changed by a person or a key rather than by a deployment; the trail’s bucket, a device for MFA taken away, a function made with a role of the baseline: rare where things are code, and how an intruder digs in. The counts of the standards can’t tell the two apart; this can.',
    noise:
      'CloudFormation and AWS services act with `invokedBy` and are left out. Tools that call the APIs themselves (Terraform, Kubernetes controllers) count as by hand: switch it off where they are the rule. Routes and gateways of API Gateway count too, and so do attempts that are refused; stopping a caller with a policy rings it as well.',
    firstMinutes: [
      'Ask the caller what it is for.',
      'Look for `0.0.0.0/0`, `*` and foreign accounts in the event.',
    ],
    containment: [...STOP, 'Undo the change.'],
  },
  {
    id: 'SignInFailed',
    signal: 'Activity',
    weight: 60,
    controls: ['CIS 7.0 5.6', 'Security Hub CloudWatch.6'],
    pattern: '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}',
    why: 'Somebody guesses a password. Names that do not exist leave another text and are not counted by the standards’ filter.',
    noise: 'A person mistypes once or twice; five within five minutes are rare.',
    firstMinutes: ['Ask the person.', 'Look for a successful sign-in from the same address.'],
    containment: ['Change the password; see that MFA is enrolled.'],
  },
  {
    id: 'CallDenied',
    signal: 'Activity',
    weight: 10,
    controls: ['CIS 7.0 5.1', 'Security Hub CloudWatch.2'],
    pattern: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
    why: 'A stolen key is tried out, or an application lacks a permission.',
    noise:
      'The console asks for more than people may see, services look around, and a new person without MFA is denied on every page: thirty within five minutes is above that in a small account. Raise the threshold where it is not.',
    firstMinutes: [
      'See who is denied, and which calls.',
      'An application: correct its permissions. A person: ask.',
    ],
    containment: STOP,
  },
  ...(
    [
      [
        'IamPolicyChanged',
        '5.4',
        4,
        'iam',
        'DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy',
        'Policies say who may do what.',
      ],
      [
        'BucketPolicyChanged',
        '5.8',
        8,
        's3',
        'PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication',
        'A bucket may be open to the world, or its objects may expire.',
      ],
      [
        'SecurityGroupChanged',
        '5.10',
        10,
        undefined,
        'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup',
        'Security groups say what reaches an instance. The text of Security Hub leaves out ModifySecurityGroupRules; ChangedByHand has it.',
      ],
      [
        'NetworkAclChanged',
        '5.11',
        11,
        undefined,
        'CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation',
        'Network ACLs say what reaches a subnet.',
      ],
      [
        'GatewayChanged',
        '5.12',
        12,
        undefined,
        'CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway',
        'A gateway connects a network to the internet or to another one.',
      ],
      [
        'RouteChanged',
        '5.13',
        13,
        'ec2',
        'CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable',
        'A route says where traffic goes, and may lead it past a firewall.',
      ],
      [
        'VpcChanged',
        '5.14',
        14,
        undefined,
        'CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink',
        'A network appears, disappears or is joined to another one.',
      ],
    ] as const
  ).map(([id, cis, securityHub, service, names, why]): Detection => ({
    id,
    signal: 'Activity',
    weight: 6,
    controls: [`CIS 7.0 ${cis}`, `Security Hub CloudWatch.${securityHub}`],
    pattern: service
      ? `{($.eventSource=${service}.amazonaws.com) && (${anyOf(names, service === 's3')})}`
      : `{${anyOf(names)}}`,
    why,
    noise:
      'Every deployment makes such changes, and the standards’ text can’t leave them out. So the seven ring at 50 within five minutes, fewer when calls are denied or sign-ins fail at the same time: a small deployment stays below it, a large one with networks may not. Single changes by hand are told by ChangedByHand.',
    firstMinutes: [
      'Was there a deployment? Large ones with networks reach 50.',
      'If not, see who made the changes.',
    ],
    containment: [...STOP, 'Undo the changes, newest first.'],
  })),
];

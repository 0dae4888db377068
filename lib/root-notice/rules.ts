/** An event rule of AWS User Notifications: one source and one event type. */
export interface NoticeRule {
  /** Construct ID. */
  readonly id: string;
  /** EventBridge source, such as `aws.iam`. */
  readonly source: string;
  /** EventBridge detail type. */
  readonly eventType: string;
  /**
   * Further conditions, as an EventBridge pattern.
   * @default - every event of this source and type
   */
  readonly pattern?: Readonly<Record<string, unknown>>;
  /** Regions that the rule receives events from. */
  readonly regions: readonly string[];
}

/** The only Region that has the CloudFormation types and the API of AWS User Notifications. */
export const NOTICE_REGION = 'us-east-1';

/**
 * Regions that record console sign-ins at the global endpoint: of root in one of the first three, of IAM
 * users in the first, or in the one of the others that is nearest. All are enabled in every account.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
const SIGN_IN_REGIONS = [NOTICE_REGION, 'us-east-2', 'us-west-2', 'eu-north-1', 'ap-southeast-2'];

/**
 * Sign-ins and changes of root's credentials that succeeded. Anyone can cause failed sign-ins and recovery
 * requests, so that they would bury the others.
 */
const SIGNED_IN = {
  detail: {
    eventName: ['ConsoleLogin', 'PasswordRecoveryCompleted', 'PasswordUpdated', 'EmailUpdated'],
    userIdentity: { type: ['Root', 'IAMUser'] },
    errorMessage: [{ exists: false }],
  },
};

/** Root itself, and central root sessions. */
const BY_ROOT = { detail: { userIdentity: { type: ['Root'] } } };

const API_CALL = 'AWS API Call via CloudTrail';

/**
 * IAM records its calls in us-east-1 only, so the event rules of another home Region do not see changes to
 * the roles of the baseline. Deployments act through CloudFormation; the rules watch the status of stacks.
 */
const toRole = (prefix: string) => ({
  requestParameters: { roleName: [{ prefix }] },
  userIdentity: { invokedBy: [{ exists: false }] },
  errorCode: [{ exists: false }],
});

/**
 * Returns the rules, at most ten. EventBridge delivers no read-only calls to them, so that looking around in
 * the console sends nothing.
 *
 * @param rolePrefix prefix of the names of the roles whose changes are notified; undefined for none
 * @see https://docs.aws.amazon.com/notifications/latest/userguide/user-notifications-quotas.html
 */
export function noticeRules(rolePrefix?: string): NoticeRule[] {
  // A source and type can have one rule only.
  const iam = rolePrefix === undefined ? BY_ROOT : { detail: { $or: [BY_ROOT.detail, toRole(rolePrefix)] } };
  return [
    // AWS spells the type in both ways: the console of EventBridge in this one, its user guide in the other.
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
    {
      id: 'SignIn',
      source: 'aws.signin',
      eventType: 'AWS Console Sign In via CloudTrail',
      pattern: SIGNED_IN,
      regions: SIGN_IN_REGIONS,
    },
    {
      id: 'SignInAlternateSpelling',
      source: 'aws.signin',
      eventType: 'AWS Console Signin via CloudTrail',
      pattern: SIGNED_IN,
      regions: SIGN_IN_REGIONS,
    },
    // Does not depend on the trail: https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-signin.html
    {
      id: 'SignInAnomaly',
      source: 'aws.signin',
      eventType: 'Sign-in Anomaly Alert',
      regions: SIGN_IN_REGIONS,
    },
    // Global services, which record in us-east-1.
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
    { id: 'Iam', source: 'aws.iam', eventType: API_CALL, pattern: iam, regions: [NOTICE_REGION] },
    {
      id: 'RootAccount',
      source: 'aws.account',
      eventType: API_CALL,
      pattern: BY_ROOT,
      regions: [NOTICE_REGION],
    },
    {
      id: 'RootOrganization',
      source: 'aws.organizations',
      eventType: API_CALL,
      pattern: BY_ROOT,
      regions: [NOTICE_REGION],
    },
  ];
}

import { inspect } from 'node:util';
import { closest } from 'fastest-levenshtein';
import { z } from 'zod';
import { BILLING_VIEWERS } from '../billing/billing-viewers';
import { DETECTIONS, SEVERITIES } from '../detections/detections';
import { LOG_RETENTION_DAYS } from '../audit/log-retention';
import { PROFILE_DEFAULTS, PROFILES } from './profiles';

/** IAM user names: 1 to 64 of these characters. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
const USER_NAME = /^[\w+=,.@-]{1,64}$/;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const PERIOD = 'must be a number of seconds: a multiple of 60 up to 86400';

const TUNING = "must be false, or an object such as { threshold: 50, period: 300, severity: 'high' }";

const DETECTION_IDS = DETECTIONS.map((detection) => detection.id);

const whole = (unit: string, minimum: number, maximum: number) =>
  z.custom<number>(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum,
    { error: `must be a whole number of ${unit} from ${minimum} to ${maximum}` },
  );

const flag = () => z.boolean({ error: 'must be true or false' });

const email = () => z.email({ error: 'must be an e-mail address such as security@example.com' });

/** What the validation of the template takes for a reference, and refuses. */
const NO_REFERENCE = [/^(?!.*\$\{)/s, { error: 'must not contain ${' }] as const;

const text = (length: number) => {
  const error = `must be a text of 1 to ${length} characters`;
  return z
    .string({ error })
    .regex(/\S/, { error })
    .max(length, { error })
    .regex(...NO_REFERENCE);
};

const url = () =>
  z
    .url({ protocol: /^https$/, error: 'must be an https URL such as https://alerts.example.com/aws' })
    .regex(...NO_REFERENCE);

const id = (pattern: RegExp, what: string) =>
  z.string({ error: `must be ${what}` }).regex(pattern, { error: `must be ${what}` });

const userName = () =>
  z
    .string({ error: 'must be an IAM user name' })
    .regex(USER_NAME, { error: 'must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -' });

const list = <T extends z.ZodType<string>>(item: T, what: string) =>
  z.array(item, { error: `must be a list of ${what}` });

const region = () =>
  z
    .string({ error: 'must be a Region such as us-east-1' })
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'must be a Region such as us-east-1' });

const ALIAS =
  'must be an account alias: 3 to 63 lower-case letters, digits and single hyphens inside, and no account id';

const CONTACT =
  "must be an object such as { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 555 0100' }";

/** The limits are those of https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html */
const contact = () =>
  z
    .strictObject(
      {
        name: text(64),
        title: text(50),
        email: email(),
        phone: z.string({ error: 'must be a telephone number' }).regex(/^[\s0-9()+-]{1,25}$/, {
          error: 'must be a telephone number: 1 to 25 digits, spaces, ( ) + and -',
        }),
      },
      { error: CONTACT },
    )
    .optional();

const fields = z.strictObject(
  {
    /**
     * IAM user names of the people who administer the account. Each gets a console user in the administrators'
     * group and a first-sign-in password. A name that is taken off the list loses the group, and with it every
     * permission; the user itself is kept.
     */
    administrators: list(userName(), 'IAM user names').refine((names) => names.length > 0, {
      error: 'must name at least one administrator, or only root could use the account',
    }),

    /** Who is told, and how. */
    notifications: z.strictObject(
      {
        /** Addresses that receive alarms and budget notices, at most ten. Each must confirm the subscription by mail once. */
        emails: list(email(), 'e-mail addresses')
          .refine((emails) => emails.length > 0, {
            error: 'must name at least one address, or nobody would hear an alarm',
          })
          // A budget notification takes ten e-mail subscribers.
          .refine((emails) => emails.length <= 10, {
            error: 'must name at most 10 addresses; use a mailing list',
          }),
        /**
         * HTTPS endpoints of tools. They receive the events behind an alarm as JSON and must confirm the subscription.
         * @default []
         */
        httpsEndpoints: list(url(), 'HTTPS URLs').default([]),
        /**
         * A channel in Slack. Authorize the workspace once, in the console of Amazon Q Developer in chat applications.
         * @default - none
         */
        slack: z
          .strictObject(
            {
              /** Id of the workspace, such as T0123ABCD. */
              workspaceId: id(/^T[A-Z0-9]+$/, 'the id of a Slack workspace, such as T0123ABCD'),
              /** Id of the channel, such as C0123ABCD. */
              channelId: id(/^[A-Z0-9]+$/, 'the id of a Slack channel, such as C0123ABCD'),
            },
            { error: 'must be an object' },
          )
          .optional(),
        /**
         * A channel in Microsoft Teams. Authorize the tenant once, in the same console.
         * @default - none
         */
        teams: z
          .strictObject(
            {
              /** Id of the tenant, a UUID. */
              tenantId: id(UUID, 'the id of a tenant, a UUID'),
              /** Id of the team, a UUID. */
              teamId: id(UUID, 'the id of a team, a UUID'),
              /** Id of the channel, URL-encoded as in its link. */
              channelId: id(
                /^(?=.{1,256}$)[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/,
                'the URL-encoded id of a channel, as in its link: 19%3a…%40thread.tacv2',
              ),
            },
            { error: 'must be an object' },
          )
          .optional(),
        /**
         * Tells when an alarm is over, too.
         * @default false
         */
        notifyOnOk: flag().default(false),
        /**
         * What precedes the names of the runbooks in messages: the URL of your copy of `docs/runbooks/`.
         * @default 'docs/runbooks/'
         */
        runbooks: z
          .string({ error: 'must be an https URL, or a path, that ends in /' })
          .regex(/^(https:\/\/|(?![a-z]+:))[!-~]{0,200}\/$/, {
            error: 'must be an https URL, or a path, that ends in /',
          })
          .regex(...NO_REFERENCE)
          .default('docs/runbooks/'),
      },
      { error: "must be an object such as { emails: ['security@example.com'] }" },
    ),

    /**
     * Defaults of the switches that cost money: 'free' pays for log files alone while idle, 'standard' adds the customer
     * key, 'strict' adds detectors and recorders that are billed by use. Each switch can be set by itself as well.
     * @default 'standard'
     */
    profile: z.enum(PROFILES, { error: `must be one of ${PROFILES.join(', ')}` }).default('standard'),

    /**
     * Name of the CloudFormation stack.
     * @default 'AccountBaseline'
     */
    stackName: z
      .string({ error: 'must be a CloudFormation stack name' })
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, {
        error: 'must be a CloudFormation stack name: a letter, then up to 127 letters, digits and hyphens',
      })
      .default('AccountBaseline'),

    /**
     * Home Region of the baseline. IAM is global, so an account has one baseline in one Region.
     * @default - the Region that the CDK command line is configured for
     */
    region: region().optional(),

    /**
     * What messages call the account beside its id, such as its alias. The baseline does not set the alias.
     * @default - the id alone
     */
    accountName: z
      .string({ error: 'must be a name' })
      .regex(/^[\w.-]{1,32}$/, {
        error: 'must be a name of 1 to 32 letters, digits, dots, hyphens and underscores',
      })
      .optional(),

    /**
     * Detections, by id, that are switched off (false) or have a threshold, period or severity of their own, and with
     * it an alarm of their own. docs/runbooks/alarms.md lists them.
     * @default {}
     */
    detections: z
      .record(
        z.string().refine((name) => DETECTION_IDS.includes(name), {
          error: ({ input }) => `is no detection; did you mean ${closest(String(input), DETECTION_IDS)}?`,
        }),
        z.union(
          [
            z.literal(false),
            z.strictObject(
              {
                threshold: whole('events', 1, 100_000).optional(),
                period: z
                  .number({ error: PERIOD })
                  // Metric filters publish once a minute, and an alarm looks back a day.
                  .refine((value) => value % 60 === 0 && value >= 60 && value <= 86_400, { error: PERIOD })
                  .optional(),
                severity: z.enum(SEVERITIES, { error: `must be one of ${SEVERITIES.join(', ')}` }).optional(),
              },
              { error: TUNING },
            ),
          ],
          { error: TUNING },
        ),
        { error: 'must be an object such as { CallDenied: { threshold: 100 }, ChangedByHand: false }' },
      )
      .default({}),

    /** The administrators' group. */
    access: z
      .strictObject(
        {
          /**
           * Name of the group. With another name the members move to a new group, and the old one is deleted.
           * @default 'Administrators'
           */
          groupName: z
            .string({ error: 'must be an IAM group name' })
            .regex(/^[\w+=,.@-]{1,128}$/, {
              error: 'must be an IAM group name: 1 to 128 of A-Z a-z 0-9 + = , . @ _ -',
            })
            .default('Administrators'),
          /**
           * Keeps administrators from deleting or changing the group, its policies, the trail, its buckets, key or
           * log group, the topics, the alarms or the detectors by accident. CloudFormation may still change them.
           * @default true
           */
          guard: flag().default(true),
          /**
           * A role for cases with AWS Support, which administrators can assume with MFA.
           * @default true
           */
          supportRole: flag().default(true),
          /**
           * Keeps group, users and policies when the stack is deleted, so that nobody is locked out.
           * @default true
           */
          keepOnRemoval: flag().default(true),
        },
        { error: 'must be an object' },
      )
      .prefault({}),

    /** The account's password policy for IAM users. An existing stronger setting is never weakened. */
    passwordPolicy: z
      .strictObject(
        {
          /**
           * Characters a password must have.
           * @default 15
           */
          minimumLength: whole('characters', 6, 128).default(15),
          /**
           * Require an upper-case letter.
           * @default true
           */
          requireUppercase: flag().default(true),
          /**
           * Require a lower-case letter.
           * @default true
           */
          requireLowercase: flag().default(true),
          /**
           * Require a digit.
           * @default true
           */
          requireNumbers: flag().default(true),
          /**
           * Require one of ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '.
           * @default true
           */
          requireSymbols: flag().default(true),
          /**
           * Former passwords that may not be used again.
           * @default 24
           */
          passwordReusePrevention: whole('passwords', 1, 24).default(24),
          /**
           * Days after which a password expires.
           * @default - passwords do not expire, as NIST SP 800-63B asks
           */
          expireAfterDays: whole('days', 1, 1095).optional(),
          /**
           * Lets the baseline replace an existing policy by a weaker one.
           * @default false
           */
          allowWeaker: flag().default(false),
          /**
           * What becomes of the policy when the stack is deleted: 'restore' what was there before, or 'retain' ours.
           * @default 'restore'
           */
          onRemoval: z
            .enum(['restore', 'retain'], { error: "must be 'restore' or 'retain'" })
            .default('restore'),
        },
        { error: 'must be an object' },
      )
      .prefault({}),

    /** Billing access and budget. */
    billing: z
      .strictObject(
        {
          /**
           * Monthly budget in USD, told about at 80 % and 100 % of actual and 100 % of forecast spend; false for none.
           * @default 50
           */
          monthlyBudgetUsd: z
            .custom<number | false>(
              (value) => value === false || (typeof value === 'number' && value > 0 && value < 1e9),
              { error: 'must be an amount in USD above 0 and below 1000000000, or false for no budget' },
            )
            .default(50),
          /**
           * Cost anomaly detection. An account holds one such monitor for AWS services and may have a default one
           * already; look at Cost Anomaly Detection in the console first. Needs region 'us-east-1'.
           * @default false
           */
          costAnomalyDetection: flag().default(false),
          /**
           * IAM user names of people who may read bills and costs and nothing else.
           * @default []
           */
          viewers: list(userName(), 'IAM user names').default([]),
        },
        { error: 'must be an object' },
      )
      .prefault({}),

    /** The audit trail. */
    auditTrail: z
      .strictObject(
        {
          /**
           * Name of the CloudWatch Logs group of a trail that the account already has, in the home Region. The
           * baseline then makes no trail of its own, so that nobody pays for a second copy of the events.
           * @default - the baseline makes a trail
           */
          existingLogGroup: z
            .string({ error: 'must be the name of a log group' })
            .regex(/^[\w.\-/#]{1,512}$/, { error: 'must be the name of a log group' })
            .optional(),
          /**
           * Days that CloudWatch Logs keeps the events.
           * @default 365
           */
          logGroupRetentionDays: z
            .literal([...LOG_RETENTION_DAYS], {
              error: `must be a retention that CloudWatch Logs offers: ${LOG_RETENTION_DAYS.join(', ')}`,
            })
            .default(365),
          /**
           * Days after which log files expire. One that expired, was deleted or overwritten can be recovered for as long
           * again.
           * @default 2557 (seven years)
           */
          expireAfterDays: whole('days', 1, 36500).default(2557),
          /**
           * Logs who reads and writes objects, in every bucket but those of the baseline. Each request is billed, as is its
           * copy in CloudWatch Logs; denied ones count for the detection CallDenied.
           * @default - as the profile says: true in 'strict'
           */
          s3DataEvents: flag().optional(),
          /**
           * Keeps buckets, log group and key when the stack is deleted. With false, empty both buckets first:
           * CloudFormation can't delete a bucket that holds objects.
           * @default true
           */
          keepOnRemoval: flag().default(true),
        },
        { error: 'must be an object' },
      )
      .prefault({}),

    /**
     * One customer managed key for trail, log group and topics: 1 USD a month, and 1 more from its first and from its
     * second yearly rotation on. Without it the trail and the logs are encrypted by S3 and CloudWatch Logs themselves,
     * and the topics are not.
     * @default - as the profile says: false in 'free'
     */
    customerKey: flag().optional(),

    /**
     * Services that watch the home Region and are billed by use. Each exists once in an account and Region: where the account has
     * one already, set false here and yours goes on, or the deployment fails and is rolled back.
     */
    detectors: z
      .strictObject(
        {
          /**
           * AWS Config records every resource once a day. `aws configservice describe-configuration-recorders` tells
           * whether there is a recorder. Billed for each resource that changed on a day.
           * @default - as the profile says: true in 'strict'
           */
          configRecorder: flag().optional(),
          /**
           * GuardDuty; its high findings are told, with Security Hub through that. `aws guardduty list-detectors` tells
           * whether there is a detector. Billed for the events and the traffic that it reads. Switching it off deletes its
           * findings.
           * @default - as the profile says: true in 'strict'
           */
          guardDuty: flag().optional(),
          /**
           * Security Hub with its default standards, which need AWS Config; its critical findings are told.
           * `aws securityhub describe-hub` tells whether there is a hub. Billed for each check. Switching it off deletes its
           * findings.
           * @default - as the profile says: true in 'strict'
           */
          securityHub: flag().optional(),
        },
        { error: 'must be an object' },
      )
      .prefault({}),

    /**
     * Settings of the account that CloudFormation has no type for. Each is remembered, set, read back, and restored when it
     * is switched off or the stack is deleted; what is right or stricter already stays as it is.
     */
    accountSettings: z
      .strictObject(
        {
          /**
           * No bucket of the account can be public.
           * @default true
           */
          s3PublicAccessBlock: flag().default(true),
          /**
           * New EBS volumes and snapshots are encrypted, in every Region.
           * @default true
           */
          ebsEncryption: flag().default(true),
          /**
           * New instances take IMDSv2 only, with a hop limit of 2, unless their launch says otherwise; in every Region.
           * @default true
           */
          requireImdsV2: flag().default(true),
          /**
           * EBS snapshots can't be public, and those that are public are so no longer, in every Region.
           * @default true
           */
          snapshotPublicAccessBlock: flag().default(true),
          /**
           * AMIs can't be made public, in every Region.
           * @default true
           */
          amiPublicAccessBlock: flag().default(true),
          /**
           * Nobody can open the serial console of an instance, in every Region.
           * @default true
           */
          serialConsoleOff: flag().default(true),
          /**
           * An analyzer of access from outside the account, in every Region that has none.
           * @default true
           */
          accessAnalyzer: flag().default(true),
          /**
           * Deletes the default VPC of every Region, unless something is in it or was added to it: then it is left alone and
           * named in the output `LeftAloneDefaultVpc`. It rings the detection ChangedByHand once. Restoring makes new ones, with
           * other ids.
           * @default false
           */
          removeDefaultVpcs: flag().default(false),
          /**
           * Takes the rules out of each default security group that has the rules it was made with and that nothing uses, in
           * every Region. Others are left alone and named in `LeftAloneDefaultSecurityGroups`.
           * @default false
           */
          emptyDefaultSecurityGroups: flag().default(false),
          /**
           * Alias of the account in the sign-in address, which becomes https://alias.signin.aws.amazon.com/console.
           * @default - stays as it is
           */
          alias: z
            .string({ error: 'must be an account alias' })
            .regex(/^(?!\d{12}$)[a-z0-9](-?[a-z0-9])*$/, { error: ALIAS })
            .min(3, { error: ALIAS })
            .max(63, { error: ALIAS })
            .optional(),
          /**
           * Whom AWS tells of security matters, of bills, and of operations, beside root's address.
           * @default {}
           */
          contacts: z
            .strictObject(
              { security: contact(), billing: contact(), operations: contact() },
              { error: 'must be an object such as { security: { name, title, email, phone } }' },
            )
            .default({}),
          /**
           * Regions that the settings of every Region are for. Name them where an organization closes the others. One that is
           * taken off stays as it is.
           * @default - every Region that is enabled
           */
          regions: list(region(), 'Regions')
            .refine((names) => names.length > 0, { error: 'must name at least one Region' })
            .optional(),
          /**
           * Looks once a day whether the settings still hold, the password policy among them but not the default networks,
           * sets again what does not, and tells.
           * @default false
           */
          dailyCheck: flag().default(false),
          /**
           * Leaves the settings as they are when they are switched off or the stack is deleted.
           * @default false
           */
          keepOnRemoval: flag().default(false),
        },
        { error: 'must be an object' },
      )
      .prefault({}),

    /**
     * Keeps the stack from being deleted by accident.
     * @default true
     */
    terminationProtection: flag().default(true),

    /**
     * Tags for the resources of the stack, users and their first-sign-in secrets left out; Security Hub goes without those
     * whose key has a blank, an @ or a letter that is not of A to Z.
     * @default {}
     */
    tags: z
      .record(
        z.string().regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, { error: 'is not a valid tag key' }),
        z
          .string({ error: 'must be a tag value' })
          // CloudWatch takes no empty one.
          .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u, { error: 'must be a tag value' }),
        { error: "must be an object such as { team: 'platform' }" },
      )
      .default({}),

    /**
     * The values that the standalone template was deployed with, when this configuration takes its stack over. Both
     * must be listed above too. Leave it out when the stack was first deployed from this app.
     * @default - the stack was first deployed from this app
     */
    dayZero: z
      .strictObject(
        {
          /** The administrator named then. */
          administrator: userName(),
          /** The e-mail address named then. */
          email: email(),
        },
        { error: 'must be an object' },
      )
      .optional(),
  },
  { error: 'must be an object such as { administrators: [...], notifications: { emails: [...] } }' },
);

/** What a user writes in `baseline.config.ts`. */
export type BaselineOptions = z.input<typeof fields>;

type DeepReadonly<T> = { readonly [K in keyof T]: T[K] extends object ? DeepReadonly<T[K]> : T[K] };

/** A checked configuration with every default filled in, frozen. */
export type BaselineConfig = DeepReadonly<ReturnType<typeof withProfile>>;

/** The configuration has faults; the message lists all of them. */
export class BaselineConfigError extends Error {
  /**
   * @param source file that the configuration is in
   * @param faults one line a fault: path, what is wrong, what was received
   */
  constructor(
    source: string,
    readonly faults: readonly string[],
  ) {
    super(
      `${source} has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}; nothing was changed:\n` +
        faults.map((fault) => `  - ${fault}`).join('\n'),
    );
    this.name = 'BaselineConfigError';
  }
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws {BaselineConfigError} listing every fault with its path and the value received
 */
export function defineBaseline(options: BaselineOptions): BaselineConfig {
  const result = fields.safeParse(options, { reportInput: true });
  const faults = [...(result.error?.issues.flatMap(describeIssue) ?? []), ...contradictions(options)];
  if (!result.success || faults.length > 0) throw new BaselineConfigError('the configuration', faults);
  return deepFreeze(withProfile(result.data));
}

/** Fills in the switches that were left to the profile. */
function withProfile(data: z.output<typeof fields>) {
  const { customerKey, s3DataEvents, ...detectors } = PROFILE_DEFAULTS[data.profile];
  return {
    ...data,
    customerKey: data.customerKey ?? customerKey,
    // There is no trail to set it on where the account's own is used.
    auditTrail: {
      ...data.auditTrail,
      s3DataEvents: data.auditTrail.s3DataEvents ?? (s3DataEvents && !data.auditTrail.existingLogGroup),
    },
    detectors: {
      configRecorder: data.detectors.configRecorder ?? detectors.configRecorder,
      guardDuty: data.detectors.guardDuty ?? detectors.guardDuty,
      securityHub: data.detectors.securityHub ?? detectors.securityHub,
    },
  };
}

const names = z.array(z.string().catch('')).catch([]);

/** The fields that depend on each other; one with a fault of its own counts as empty. */
const related = z.object({
  administrators: names,
  notifications: z.object({ emails: names, httpsEndpoints: names }).catch({ emails: [], httpsEndpoints: [] }),
  access: z.object({ groupName: z.string() }).optional().catch(undefined),
  region: z.string().optional().catch(undefined),
  billing: z
    .object({ viewers: names, costAnomalyDetection: z.boolean().catch(false) })
    .catch({ viewers: [], costAnomalyDetection: false }),
  auditTrail: z
    .object({
      existingLogGroup: z.string().optional().catch(undefined),
      s3DataEvents: z.boolean().default(false).catch(false),
    })
    .optional()
    .catch(undefined),
  dayZero: z.object({ administrator: z.string(), email: z.string() }).optional().catch(undefined),
  accountSettings: z.object({ regions: names }).catch({ regions: [] }),
  stackName: z.string().default('AccountBaseline').catch(''),
  detections: z.record(z.string(), z.unknown()).default({}).catch({}),
});

/** Faults between fields, looked for even where a field has a fault of its own: all are listed at once. */
function contradictions(options: unknown): string[] {
  const parsed = related.safeParse(options);
  if (!parsed.success) return [];
  const { administrators, notifications, access, region, billing, auditTrail, accountSettings, dayZero } =
    parsed.data;
  const faults = [
    ...duplicates('administrators', administrators),
    ...duplicates('notifications.emails', notifications.emails),
    ...duplicates(
      'notifications.httpsEndpoints',
      notifications.httpsEndpoints,
      (one, other) => one === other,
    ),
    ...duplicates('billing.viewers', billing.viewers),
    ...duplicates('accountSettings.regions', accountSettings.regions),
  ];
  billing.viewers.forEach((name, index) => {
    if (administrators.some((administrator) => sameName(administrator, name))) {
      faults.push(describe(`billing.viewers[${index}]`, 'is an administrator already', name));
    }
  });
  if (access && billing.viewers.length > 0 && sameName(access.groupName, BILLING_VIEWERS)) {
    faults.push(describe('access.groupName', 'is the group of the billing viewers', access.groupName));
  }
  if (billing.costAnomalyDetection && region !== 'us-east-1') {
    const message =
      "needs region: 'us-east-1', the only one where CloudFormation has the AWS::CE types; leave it off elsewhere";
    faults.push(describe('billing.costAnomalyDetection', message, true));
  }
  if (auditTrail?.existingLogGroup !== undefined && auditTrail.s3DataEvents) {
    const message = 'needs a trail of the baseline; with existingLogGroup, set it on your own trail';
    faults.push(describe('auditTrail.s3DataEvents', message, true));
  }
  if (dayZero && administrators.length > 0 && !administrators.includes(dayZero.administrator)) {
    faults.push(
      describe('dayZero.administrator', 'must be listed in administrators too', dayZero.administrator),
    );
  }
  if (dayZero && notifications.emails.length > 0 && !notifications.emails.includes(dayZero.email)) {
    faults.push(describe('dayZero.email', 'must be listed in notifications.emails too', dayZero.email));
  }
  return [...faults, ...longPatterns(parsed.data)];
}

/** A filter pattern holds 1,024 characters, the names in it included. */
function longPatterns({ stackName, auditTrail, detections }: z.output<typeof related>): string[] {
  const existing = auditTrail?.existingLogGroup;
  // CloudFormation puts a logical id and a suffix after the name of the stack.
  const logGroup = existing ?? `${stackName}${'x'.repeat(40)}`;
  return DETECTIONS.filter(
    ({ id, pattern }) =>
      detections[id] !== false &&
      pattern.replaceAll('${Stack}', stackName).replaceAll('${LogGroup}', logGroup).length > 1024,
  ).map(({ id }) => {
    const [path, name] =
      existing !== undefined && existing.length > stackName.length
        ? ['auditTrail.existingLogGroup', existing]
        : ['stackName', stackName];
    const message = `makes the filter of ${id} longer than 1,024 characters; use a shorter name, or set detections.${id} to false`;
    return describe(path, message, name);
  });
}

/** IAM compares names without regard to case, and so do mail servers in practice. */
function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function duplicates(path: string, values: readonly string[], isSame = sameName): string[] {
  return values.flatMap((value, index) =>
    value !== '' && values.findIndex((other) => isSame(value, other)) < index
      ? [describe(`${path}[${index}]`, 'is a duplicate', value)]
      : [],
  );
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${formatPath([...issue.path, key])}: is not an option`);
  }
  if (issue.code === 'invalid_union' && typeof issue.input === 'object') {
    // What is wrong with the object is of more use than that it is none of the others.
    const faults = issue.errors.at(-1) ?? [];
    return faults.flatMap((fault) => describeIssue({ ...fault, path: [...issue.path, ...fault.path] }));
  }
  const [detail] = issue.code === 'invalid_key' ? issue.issues : [];
  return [describe(formatPath(issue.path), detail?.message ?? issue.message, issue.input)];
}

function describe(path: string, message: string, received: unknown): string {
  return `${path}: ${message}; received ${formatValue(received)}`;
}

function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'configuration';
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      // A fault is one line, and not an empty one.
      return /^\P{Cc}+$/u.test(name) ? `${index > 0 ? '.' : ''}${name}` : `[${JSON.stringify(name)}]`;
    })
    .join('');
}

function formatValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  // What JSON has no words for (NaN, functions, circles) is spelled as the console does.
  const text = toJson(value) ?? inspect(value, { breakLength: Infinity, compact: true });
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

function toJson(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'object') return undefined;
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function deepFreeze<T extends object>(value: T): T {
  for (const child of Object.values(value)) {
    if (typeof child === 'object' && child !== null) deepFreeze(child);
  }
  return Object.freeze(value);
}

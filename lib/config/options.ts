import { z } from 'zod';
import { flag, list, oneOf, section } from '../fields/basics';
import { accountName, stackPrefix, userName } from '../fields/names';
import { region } from '../fields/region';
import { PROFILES } from './profiles';
import { access } from './sections/access';
import { accountSettings } from './sections/account-settings';
import { auditTrail } from './sections/audit-trail';
import { billing } from './sections/billing';
import { dayZero } from './sections/day-zero';
import { detections } from './sections/detections';
import { detectors } from './sections/detectors';
import { federation } from './sections/federation';
import { notifications } from './sections/notifications';
import { organization } from './sections/organization';
import { passwordPolicy } from './sections/password-policy';
import { tags } from './sections/tags';

/** Default prefix of the stack names. */
export const DEFAULT_PREFIX = 'AccountBaseline';

/**
 * Every option. Editors and docs/configuration.md show the comments of the properties, here and in the
 * sections.
 */
export const options = section(
  {
    /**
     * IAM user names of the people who administer the account. Each gets a console user in the
     * administrators' group, and a first-time password. Removing a name from the list removes the user from
     * the group and with it every permission; the user itself is kept.
     */
    administrators: list(userName(), 'IAM user names').refine((names) => names.length > 0, {
      error: 'must name at least one administrator; otherwise only the root user could use the account',
    }),

    /** Recipients of notifications, and their channels. */
    notifications,

    /**
     * Defaults of the options that cost money. 'free' pays only for log files while idle. 'standard' adds the
     * customer key. 'strict' adds detectors and recorders, which are billed by use. You can also set each
     * option by itself.
     * @default 'standard'
     */
    profile: oneOf(PROFILES).default('standard'),

    /**
     * Prefix of the names of the stacks and of the resources they create, at most 24 characters. Do not
     * change it after the first deployment: CloudFormation would create new stacks next to the old ones.
     * @default 'AccountBaseline'
     */
    stackName: stackPrefix().default(DEFAULT_PREFIX),

    /**
     * Home Region of the baseline. IAM is global, so an account has one baseline, in one Region.
     * @default - the Region that the CDK CLI is configured for
     */
    region: region().optional(),

    /**
     * Name of the account in notifications, shown next to its ID, such as its alias. The baseline does not
     * set the alias from it.
     * @default - only the ID
     */
    accountName: accountName().optional(),

    /**
     * Detections, by ID, that you disable (false) or give their own threshold, period or severity. A
     * detection with its own values gets its own alarm. docs/runbooks/alarms.md lists the detections.
     * @default {}
     */
    detections,

    /** The administrators' group, and roles for people. */
    access,

    /** People and pipelines that sign in elsewhere. */
    federation,

    /** The account's password policy for IAM users. An existing stronger setting is never weakened. */
    passwordPolicy,

    /** Billing access and budget. */
    billing,

    /** The audit trail. */
    auditTrail,

    /**
     * One customer managed key for the trail, the log group and the topics. It costs 1 USD a month, and 1 USD
     * more from its first and from its second yearly rotation on. Without it, S3 and CloudWatch Logs encrypt
     * the trail and the logs themselves, and the topics are not encrypted.
     * @default - depends on the profile: false in 'free'
     */
    customerKey: flag().optional(),

    /**
     * Services that watch the home Region and are billed by use. Each Region can have only one of each. If
     * the account already has one, set its option to false, and yours is not changed. Otherwise the
     * deployment fails and is rolled back.
     */
    detectors,

    /**
     * Account settings that CloudFormation has no resource type for. The stack stores the previous value of
     * each setting, applies the new value, and reads it back. The previous value is restored when you disable
     * the setting or delete the stack. Settings that are already correct or stricter are not changed.
     */
    accountSettings,

    /**
     * The organization that this account manages, whose members get the settings and policies.
     * @default - the baseline covers this account only
     */
    organization,

    /**
     * Protects the stacks from accidental deletion.
     * @default true
     */
    terminationProtection: flag().default(true),

    /**
     * Tags for the resources of the stacks, at most 50. Users, their first-time passwords,
     * and the second notification of root are not tagged.
     * Security Hub does not get tags whose key contains a space, an at sign, or a letter other than A to Z;
     * the StackSet of an organization does not get those with an at sign or such a letter.
     * @default {}
     */
    tags,

    /**
     * The parameters of the standalone templates, in order, if this configuration takes over their stacks.
     * All names must also be listed above. Leave it out if you first deployed the stacks from this app.
     * @default - the stacks were first deployed from this app
     */
    dayZero,
  },
  'must be an object such as { administrators: [...], notifications: { emails: [...] } }',
);

/** What you write in `baseline.config.ts`. */
export type BaselineOptions = z.input<typeof options>;

/** The parsed options, with the defaults that do not depend on other options. */
export type ParsedOptions = z.output<typeof options>;

import { flag, list, section } from '../../fields/basics';
import { accountAlias } from '../../fields/names';
import { region } from '../../fields/region';
import { contacts } from './contacts';

export const accountSettings = section({
  /**
   * Blocks public access to every bucket of the account.
   * @default true
   */
  s3PublicAccessBlock: flag().default(true),
  /**
   * Encrypts new EBS volumes and snapshots, in every Region.
   * @default true
   */
  ebsEncryption: flag().default(true),
  /**
   * Makes new instances accept only IMDSv2, with a hop limit of 2, unless they are launched with other
   * options. Applies to every Region.
   * @default true
   */
  requireImdsV2: flag().default(true),
  /**
   * Blocks public access to EBS snapshots, including those that are public already, in every Region.
   * @default true
   */
  snapshotPublicAccessBlock: flag().default(true),
  /**
   * Prevents AMIs from being made public, in every Region.
   * @default true
   */
  amiPublicAccessBlock: flag().default(true),
  /**
   * Blocks the serial console of all instances, in every Region.
   * @default true
   */
  serialConsoleOff: flag().default(true),
  /**
   * Creates an analyzer for access from outside the account, in every Region that has none.
   * @default true
   */
  accessAnalyzer: flag().default(true),
  /**
   * Deletes the default VPC of every Region. A VPC that contains resources, or to which something was added,
   * is not changed; the output `LeftAloneDefaultVpc` names it. The deletion triggers the detection
   * ChangedByHand once. Restoring creates new VPCs, with other IDs.
   * @default false
   */
  removeDefaultVpcs: flag().default(false),
  /**
   * Removes the rules from default security groups, in every Region. Only groups that nothing uses and that
   * still have their original rules are emptied. The output `LeftAloneDefaultSecurityGroups` names the
   * others.
   * @default false
   */
  emptyDefaultSecurityGroups: flag().default(false),
  /**
   * Account alias for the sign-in page, which becomes https://alias.signin.aws.amazon.com/console.
   * @default - not changed
   */
  alias: accountAlias().optional(),
  /**
   * People whom AWS contacts about security, billing and operations, in addition to the root user's e-mail
   * address.
   * @default {}
   */
  contacts,
  /**
   * Regions to apply the Regional settings to. List them if your organization blocks the others. Removing a
   * Region from the list does not change its settings.
   * @default - every enabled Region
   */
  regions: list(region(), 'Regions')
    .refine((names) => names.length > 0, { error: 'must name at least one Region' })
    .optional(),
  /**
   * Checks the settings once a day, reapplies any that changed, and notifies the recipients. It also checks
   * the password policy, but not the default networks.
   * @default false
   */
  dailyCheck: flag().default(false),
  /**
   * Keeps the settings as they are when you disable them or delete the stack.
   * @default false
   */
  keepOnRemoval: flag().default(false),
}).prefault({});

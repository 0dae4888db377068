import { z } from 'zod';
import { flag, list, oneOf, section } from '../../fields/basics';
import { accountId, bucketName, organizationId } from '../../fields/names';
import { region } from '../../fields/region';
import { PROTECTION_PLANS } from '../../organization/detectors/protection-plans';
import { DELEGATED_SERVICES } from '../../organization/services/delegated-services';
import { matching } from '../../fields/text';
import { contacts } from './contacts';
import { memberGroups } from './member-groups';
import { accounts, unitId, units } from './organization-structure';

const rootId = () =>
  matching(/^r-[a-z0-9]{4,32}$/, 'must be the ID of the root of an organization, such as r-a1b2');

/**
 * How a policy applies. 'observe' creates it without attaching it, and `org plan` shows what it would deny.
 */
const policy = (mode: 'off' | 'observe' | 'enforce') => oneOf(['off', 'observe', 'enforce']).default(mode);

export const organization = section({
  /** ID of the organization: `aws organizations describe-organization`. */
  id: organizationId(),
  /** ID of its root: `aws organizations list-roots`. */
  rootId: rootId(),
  /**
   * OUs that the baseline covers, with the OUs below them.
   * @default - the whole organization
   */
  ous: list(unitId(), 'IDs of OUs')
    .min(1, { error: 'must name at least one OU' })
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html
    .max(50, { error: 'must name at most 50 OUs; name those above them' })
    .optional(),
  /**
   * OUs of the organization, by their paths, such as `{ Workloads: 'create', Sandbox: 'ou-a1b2-c3d4e5f6' }`:
   * 'create', or the ID of one that exists. OUs are never deleted.
   * @default - the OUs stay as they are
   */
  units: units.default({}),
  /**
   * Accounts of the organization, by their names, such as
   * `{ sandbox: { email: 'aws+sandbox@example.com', unit: 'Workloads' } }`. An account that is created gets
   * the settings by itself. Accounts are never closed.
   * @default - the accounts stay as they are
   */
  accounts: accounts.default({}),
  /**
   * Members that get neither settings nor policies.
   * @default - none
   */
  exceptAccounts: list(accountId(), 'account IDs').default([]),
  /**
   * Accounts of others that may use resources of the members, if the policy `outsiders` is on: vendors,
   * partners, and AWS's own accounts that write access logs of load balancers in older Regions.
   * @default - none
   */
  trustedAccounts: list(accountId(), 'account IDs').default([]),
  /**
   * Regions that members may use, if the policy `regions` is on.
   * @default - no limit
   */
  regions: list(region(), 'Regions').min(1, { error: 'must name at least one Region' }).optional(),
  /**
   * Policies for the members: 'enforce' attaches one, 'observe' creates it without attaching it, 'off' does
   * not create it. They do not limit the management account.
   */
  policies: section({
    /**
     * Protects the baseline of the members, and the roles that roll it out.
     * @default - enforce
     */
    protect: policy('enforce'),
    /**
     * Denies members' root users everything, except in central root sessions.
     * @default - enforce
     */
    root: policy('enforce'),
    /**
     * Keeps members from leaving the organization.
     * @default - enforce
     */
    leave: policy('enforce'),
    /**
     * Denies Regions other than `regions`, except for global services.
     * @default - off
     */
    regions: policy('off'),
    /**
     * Denies IAM users and access keys, where people come from IAM Identity Center.
     * @default - off
     */
    users: policy('off'),
    /**
     * Sets IMDSv2, no public AMIs and snapshots, and no serial console. A declarative policy, which cannot
     * except accounts.
     * @default - off
     */
    instances: policy('off'),
    /**
     * Denies outsiders access to resources of the organization. A resource control policy.
     * @default - off
     */
    outsiders: policy('off'),
  }).prefault({}),
  /**
   * Makes the audit trail one of the organization, so that the alarms cover every account. An
   * existing trail is not changed.
   * @default - true, unless `auditTrail.existingLogGroup` names an existing trail
   */
  trail: flag().optional(),
  /**
   * Bucket in another account, such as that of the log archive, to which the trail delivers its log files.
   * `npm run template:log-archive` writes its template.
   * @default - the trail's own bucket, in this account
   */
  logArchive: section({
    /** Name of the bucket. Its policy must admit the trail. */
    bucket: bucketName(),
    /**
     * ARN of the key for the log files, in the Region of the bucket. Its policy must admit the trail.
     * @default - the bucket's own encryption
     */
    key: matching(
      /^arn:[\w-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
      'must be the ARN of a KMS key, such as arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    ).optional(),
  }).optional(),
  /**
   * Manages the root users of members centrally, so that they need no credentials.
   * @default - true
   */
  centralRoot: flag().default(true),
  /**
   * Account that administers services for the organization, so that people need not work in the management
   * account: such as a security account.
   * @default - none
   */
  delegatedAdministrator: section(
    {
      /** ID of a member. */
      account: accountId(),
      /** Services that it administers. */
      services: z
        .array(oneOf(DELEGATED_SERVICES), { error: `must be a list of ${DELEGATED_SERVICES.join(', ')}` })
        .min(1, { error: 'must name at least one service' }),
    },
    "must be an object such as { account: '222222222222', services: ['iam'] }",
  ).optional(),
  /**
   * Detectors for every account of the organization, those that join later too: all of them, or those in
   * `ous`. They need `delegatedAdministrator`, whose account has their findings.
   */
  detectors: section({
    /**
     * GuardDuty, by a policy of the organization: its foundational threat detection. Billed to each account
     * for the events and the traffic that it analyzes. GuardDuty’s own settings for new accounts no longer
     * apply.
     * @default - false
     */
    guardDuty: flag().default(false),
    /**
     * Protection plans of GuardDuty to enable, too, as its policies name them. Each is billed by use. Others
     * are not changed.
     * @default - none
     */
    guardDutyPlans: list(oneOf(PROTECTION_PLANS), 'protection plans').default([]),
    /**
     * Security Hub, the current generation, by a policy of the organization. Billed to each account by use.
     * @default - false
     */
    securityHub: flag().default(false),
    /**
     * An analyzer for access from outside the organization, in the account of `delegatedAdministrator`. Where
     * this account has one already, the deployment fails and is rolled back.
     * @default - false
     */
    accessAnalyzer: flag().default(false),
    /**
     * Regions in which the detectors are enabled. Removing a Region from the list disables none there.
     * @default - those of `organization.regions`
     */
    regions: list(region(), 'Regions').min(1, { error: 'must name at least one Region' }).optional(),
  }).prefault({}),
  /**
   * Settings of the members. They get `accountSettings` and `passwordPolicy` of this configuration, except
   * for the alias and the default networks.
   */
  members: section({
    /**
     * Alternate contacts of the members.
     * @default - accountSettings.contacts
     */
    contacts: contacts.unwrap().optional(),
    /**
     * Members keep their settings when you remove the stack Members. If false, they get their previous
     * values back.
     * @default - true
     */
    keepOnRemoval: flag().default(true),
    /**
     * Groups of OUs with options of their own, by names that become part of a stack's name, such as
     * `{ Sandbox: { ous: ['ou-a1b2-c3d4e5f6'], passwordPolicy: { minimumLength: 20 } } }`. A group can have
     * `accountSettings`, `passwordPolicy`, `contacts` and `keepOnRemoval`; options that it leaves out are
     * those of all members. Its OUs must be listed in `organization.ous`, too, and belong to one group.
     * @default - none
     */
    groups: memberGroups.default({}),
  }).prefault({}),
}).optional();

import type { BaselineConfig } from '../../config/config';
import { configOfMembers } from '../../organization/members/member-groups';
import { EXPOSURE_CHECKS } from '../checks/exposure';
import { MEMBER_ROOT_CHECKS } from '../checks/member-root';
import { MEMBER_TRAIL_CHECKS } from '../checks/member-trail';
import { PASSWORD_CHECKS } from '../checks/password';
import { PEOPLE_CHECKS } from '../checks/people';
import { ROOT_CHECKS } from '../checks/root';
import { SETTING_CHECKS } from '../checks/settings';
import { WAY_IN_CHECKS } from '../checks/ways-in';
import { findingOf, unknown } from '../checks/check';
import type { Finding, Posture } from '../finding';
import type { Snapshot } from '../snapshot';
import { memberKind, stackNameOf } from '../../stacks/stack-kinds';
import { shell } from '../shell';
import type { Member } from './members';

/** What was found in a member. */
export interface MemberPosture extends Posture {
  /** Why the account could not be read. @default - it was read */
  readonly unreadable?: string;
  /** Calls that reading it took. @default - it was not read */
  readonly calls?: number;
}

/** Checks of the people of the baseline, whom members do not have. */
const OF_THE_MANAGEMENT_ACCOUNT: readonly string[] = [
  'administrators-group',
  'group-policies',
  'administrators',
  'own-permissions',
  'first-passwords',
  'support-role',
];

const CHECKS = [
  ...ROOT_CHECKS,
  ...MEMBER_ROOT_CHECKS,
  ...PEOPLE_CHECKS,
  ...WAY_IN_CHECKS,
  ...PASSWORD_CHECKS,
  ...SETTING_CHECKS,
  ...EXPOSURE_CHECKS,
  ...MEMBER_TRAIL_CHECKS,
];

/**
 * The configuration as it applies to a member: the options of its group, and no people of the baseline.
 *
 * @param group name of its group; empty if it has none
 */
export function memberConfigOf(config: BaselineConfig, group = ''): BaselineConfig {
  return {
    ...configOfMembers(config, group),
    accountName: undefined,
    administrators: [],
    billing: { ...config.billing, viewers: [] },
    access: { ...config.access, people: [], breakGlass: undefined, supportRole: false },
  };
}

/**
 * Runs the checks that apply to a member.
 *
 * @param config that of the members
 */
export function verifyMember(snapshot: Snapshot, { name }: Member, config: BaselineConfig): MemberPosture {
  const { caller, region, at } = snapshot;
  const findings = CHECKS.flatMap((one) => one(snapshot, config)).filter((finding) =>
    isOfMembers(finding, snapshot, config),
  );
  const isRead = findings.some(({ status }) => status !== 'unknown');
  return {
    account: caller.account,
    accountName: name,
    region,
    partition: caller.partition,
    stackName: config.stackName,
    at: at.toISOString(),
    findings,
    ...(isRead ? {} : { unreadable: findings[0]?.detail ?? 'Nothing could be read.' }),
  };
}

function isOfMembers({ check }: Finding, { summary }: Snapshot, { organization }: BaselineConfig): boolean {
  // A root user without a password cannot sign in, and needs no MFA.
  const isCentral = organization?.centralRoot === true;
  const hasNoPassword = 'value' in summary && summary.value['AccountPasswordPresent'] === 0;
  if (check === 'root-mfa') return !(isCentral && hasNoPassword);
  return !OF_THE_MANAGEMENT_ACCOUNT.includes(check);
}

/**
 * A member that could not be read: unknown, never fine.
 *
 * @param group name of its group; empty if it has none
 */
export function unreadableMember(
  { id, name }: Member,
  why: string,
  group: string,
  { region, partition, stackName, at }: Pick<Posture, 'region' | 'partition' | 'stackName' | 'at'>,
): MemberPosture {
  const topic = {
    check: 'member-access',
    title: 'The account can be read',
    problem: 'The account cannot be read',
    area: 'stack',
    severity: 'high',
    controls: [],
  } as const;
  const remedy = {
    text: 'Check that the StackSet has deployed its stack there, and that you signed in with MFA or with a role.',
    command: shell`aws cloudformation list-stack-instances --region ${region} --stack-set-name ${stackNameOf(stackName, memberKind(group))} --stack-instance-account ${id}`,
  };
  return {
    account: id,
    accountName: name,
    region,
    partition,
    stackName,
    at,
    findings: [findingOf(topic, unknown(why, { remedy }))],
    unreadable: why,
  };
}

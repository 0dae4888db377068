import type { BaselineConfig } from '../config/config';
import { ACCOUNT_ALIAS_CHECKS } from './checks/account-alias';
import { ALARM_CHECKS } from './checks/alarms';
import { BILLING_CHECKS } from './checks/billing';
import { BREAK_GLASS_CHECKS } from './checks/break-glass';
import type { Check } from './checks/check';
import { DASHBOARD_CHECKS } from './checks/dashboard';
import { DETECTOR_CHECKS } from './checks/detectors';
import { EVENT_RULE_CHECKS } from './checks/event-rules';
import { EXPOSURE_CHECKS } from './checks/exposure';
import { FUNCTION_CHECKS } from './checks/functions';
import { HEARTBEAT_CHECKS } from './checks/heartbeat';
import { IDENTITY_CHECKS } from './checks/identities';
import { KEY_CHECKS } from './checks/key';
import { NETWORK_CHECKS } from './checks/networks';
import { NOTIFICATION_CHECKS } from './checks/notifications';
import { PASSWORD_CHECKS } from './checks/password';
import { PEOPLE_CHECKS } from './checks/people';
import { PEOPLE_ROLE_CHECKS } from './checks/people-roles';
import { ROOT_CHECKS } from './checks/root';
import { ROOT_NOTICE_CHECKS } from './checks/root-notice';
import { SETTING_CHECKS } from './checks/settings';
import { STACK_CHECKS } from './checks/stack';
import { TRAIL_CHECKS } from './checks/trail';
import { WAY_IN_CHECKS } from './checks/ways-in';
import type { Posture } from './finding';
import { withoutReset } from './remedies';
import type { Snapshot } from './snapshot';

/** All checks, by area. */
export const CHECKS: readonly Check[] = [
  ...ROOT_CHECKS,
  ...PEOPLE_CHECKS,
  ...PEOPLE_ROLE_CHECKS,
  ...BREAK_GLASS_CHECKS,
  ...WAY_IN_CHECKS,
  ...PASSWORD_CHECKS,
  ...TRAIL_CHECKS,
  ...KEY_CHECKS,
  ...ALARM_CHECKS,
  ...HEARTBEAT_CHECKS,
  ...EVENT_RULE_CHECKS,
  ...DASHBOARD_CHECKS,
  ...DETECTOR_CHECKS,
  ...NOTIFICATION_CHECKS,
  ...ROOT_NOTICE_CHECKS,
  ...SETTING_CHECKS,
  ...ACCOUNT_ALIAS_CHECKS,
  ...NETWORK_CHECKS,
  ...EXPOSURE_CHECKS,
  ...BILLING_CHECKS,
  ...STACK_CHECKS,
  ...IDENTITY_CHECKS,
  ...FUNCTION_CHECKS,
];

/** Runs all checks on a snapshot. */
export function verify(snapshot: Snapshot, config: BaselineConfig): Posture {
  const { caller, region, at } = snapshot;
  const suite = 'value' in snapshot.suite ? snapshot.suite.value : [];
  const secrets =
    'value' in snapshot.secrets
      ? { value: snapshot.secrets.value.flatMap(({ arn, name }) => [arn, name]) }
      : snapshot.secrets;
  return {
    account: caller.account,
    accountName: config.accountName,
    region,
    partition: caller.partition,
    stackName: config.stackName,
    at: at.toISOString(),
    findings: CHECKS.flatMap((check) => check(snapshot, config)).map((finding) =>
      withoutReset(finding, suite, config.stackName, secrets),
    ),
  };
}

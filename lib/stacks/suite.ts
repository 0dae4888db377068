import type { Construct } from 'constructs';
import type { BaselineConfig } from '../config/config';
import { samlMetadata } from '../config/saml-metadata';
import { FILTER_STACKS, type FilterStack } from '../detections/filter-stacks';
import { AccessStack } from './access-stack';
import { AlarmsStack } from './alarms-stack';
import { AuditStack } from './audit-stack';
import { type BaselineStack, stackProps, tagResources } from './baseline-stack';
import { BreakGlassStack } from './break-glass-stack';
import { DelegationStack } from './delegation-stack';
import { DetectionsStack } from './detections-stack';
import { DetectorsStack } from './detectors-stack';
import { IdentityCenterStack } from './identity-center-stack';
import { NetworksStack } from './networks-stack';
import { configuredPeople, type People } from './people';
import { PipelinesStack } from './pipelines-stack';
import { RootNoticeStack } from './root-notice-stack';
import { RolesStack } from './roles-stack';
import { SettingsStack } from './settings-stack';
import { type StackKind, stackKindsOf, stackNameOf } from './stack-kinds';
import { SummaryStack } from './summary-stack';
import { WatchdogStack } from './watchdog-stack';

const FILTERS_OF: Readonly<Record<FilterStack, string>> = {
  Detections: 'filters that count events of the trail',
  Attempts: 'filters that count attempts and other events that are normal once',
};

/**
 * Adds the stacks that a configuration needs to an app, in deployment order.
 *
 * @param scope the app
 * @param people source of the names
 */
export function addBaseline(
  scope: Construct,
  config: BaselineConfig,
  people: People = configuredPeople(config),
): BaselineStack[] {
  const wanted = stackKindsOf(config);
  const idOf = (kind: StackKind) => stackNameOf(config.stackName, kind);
  const settings = new SettingsStack(
    scope,
    idOf('Settings'),
    stackProps(
      config,
      'Settings',
      'Account baseline: password policy and settings of the account and its Regions',
    ),
  );
  const roles = wanted.includes('Roles')
    ? new RolesStack(scope, idOf('Roles'), {
        ...stackProps(config, 'Roles', 'Account baseline: roles that people assume with MFA'),
        samlMetadata: config.federation.saml && samlMetadata(config.federation.saml.metadata),
      })
    : undefined;
  const access = new AccessStack(scope, idOf('Access'), {
    ...stackProps(
      config,
      'Access',
      'Account baseline: administrators with MFA, support role, billing viewers',
    ),
    people,
  });
  // Nobody must depend on a role that does not exist.
  if (roles) access.addStackDependency(roles);
  const pipelines = wanted.includes('Pipelines')
    ? new PipelinesStack(
        scope,
        idOf('Pipelines'),
        stackProps(config, 'Pipelines', 'Account baseline: roles of pipelines, by OpenID Connect'),
      )
    : undefined;
  const delegation = wanted.includes('Delegation')
    ? new DelegationStack(
        scope,
        idOf('Delegation'),
        stackProps(config, 'Delegation', 'Account baseline: permissions boundary of role makers'),
      )
    : undefined;
  const identityCenter = wanted.includes('IdentityCenter')
    ? new IdentityCenterStack(
        scope,
        idOf('IdentityCenter'),
        stackProps(
          config,
          'IdentityCenter',
          'Account baseline: permission sets of IAM Identity Center, and their groups',
        ),
      )
    : undefined;
  // Permission sets refer to its policies by their names.
  if (delegation) identityCenter?.addStackDependency(delegation);
  // Their guards are in the group of administrators.
  for (const stack of [pipelines, delegation]) stack?.addStackDependency(access);
  const audit = wanted.includes('Audit')
    ? new AuditStack(
        scope,
        idOf('Audit'),
        stackProps(config, 'Audit', 'Account baseline: audit trail, its evidence, and the key'),
      )
    : undefined;
  const breakGlass = wanted.includes('BreakGlass')
    ? new BreakGlassStack(
        scope,
        idOf('BreakGlass'),
        stackProps(config, 'BreakGlass', 'Account baseline: sealed users for emergencies'),
      )
    : undefined;
  const filters = FILTER_STACKS.filter((kind) => wanted.includes(kind)).map(
    (kind) =>
      new DetectionsStack(scope, idOf(kind), {
        ...stackProps(config, kind, `Account baseline: ${FILTERS_OF[kind]}`),
        kind,
        audit,
      }),
  );
  const alarms = new AlarmsStack(scope, idOf('Alarms'), {
    ...stackProps(config, 'Alarms', 'Account baseline: alarms, notifications, dashboard and budget'),
    audit,
    people,
  });
  const watchdog = new WatchdogStack(scope, idOf('Watchdog'), {
    ...stackProps(
      config,
      'Watchdog',
      'Account baseline: a second way to notify when the alarms are silenced',
    ),
    alarms,
    audit,
    checkedSettings: settings.checkedSettings,
  });
  const summary = wanted.includes('Summary')
    ? new SummaryStack(scope, idOf('Summary'), {
        ...stackProps(config, 'Summary', 'Account baseline: weekly summary of events and safeguards'),
        alarms,
        audit,
      })
    : undefined;
  const rootNotice = wanted.includes('RootNotice')
    ? new RootNoticeStack(scope, idOf('RootNotice'), {
        ...stackProps(config, 'RootNotice', 'Account baseline: second notification of root, in us-east-1'),
        people,
      })
    : undefined;
  const detectors = wanted.includes('Detectors')
    ? new DetectorsStack(scope, idOf('Detectors'), {
        ...stackProps(config, 'Detectors', 'Account baseline: AWS Config, GuardDuty, Security Hub'),
        alarms,
        audit,
      })
    : undefined;
  const networks = wanted.includes('Networks')
    ? new NetworksStack(
        scope,
        idOf('Networks'),
        stackProps(config, 'Networks', 'Account baseline: default networks of every Region'),
      )
    : undefined;
  const stacks = [
    settings,
    roles,
    access,
    pipelines,
    delegation,
    identityCenter,
    breakGlass,
    audit,
    ...filters,
    alarms,
    watchdog,
    summary,
    rootNotice,
    detectors,
    networks,
  ].filter((stack) => stack !== undefined);
  for (const stack of stacks) tagResources(stack, config.tags);
  return stacks;
}

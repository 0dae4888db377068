import type { Construct } from 'constructs';
import type { BaselineConfig } from '../config/config';
import { samlMetadata } from '../config/saml-metadata';
import { FILTER_STACKS } from '../detections/filter-stacks';
import { organizationTrailOf } from '../organization/organization-trail';
import { AccessStack } from './access-stack';
import { AlarmsStack } from './alarms-stack';
import { AuditStack } from './audit-stack';
import { type BaselineStack, type ConfiguredStackProps, stackProps, tagResources } from './baseline-stack';
import { BreakGlassStack } from './break-glass-stack';
import { DelegationStack } from './delegation-stack';
import { DetectionsStack } from './detections-stack';
import { DetectorsStack } from './detectors-stack';
import { IdentityCenterStack } from './identity-center-stack';
import { MembersStack } from './members-stack';
import { NetworksStack } from './networks-stack';
import { OrganizationDetectorsStack } from './organization-detectors-stack';
import { OrganizationStack } from './organization-stack';
import { configuredPeople, type People } from './people';
import { PipelinesStack } from './pipelines-stack';
import { RootNoticeStack } from './root-notice-stack';
import { RolesStack } from './roles-stack';
import { ServicesStack } from './services-stack';
import { SettingsStack } from './settings-stack';
import { groupOf, type StackKind, stackKindsOf, stackNameOf } from './stack-kinds';
import { SpendStack } from './spend-stack';
import { SummaryStack } from './summary-stack';
import { WatchdogStack } from './watchdog-stack';

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
  /** Creates a stack, if the configuration needs it. */
  const add = <S>(kind: StackKind, create: (id: string, props: ConfiguredStackProps) => S): S | undefined =>
    wanted.includes(kind) ? create(stackNameOf(config.stackName, kind), stackProps(config, kind)) : undefined;
  const idOf = (kind: StackKind) => stackNameOf(config.stackName, kind);
  const settings = new SettingsStack(scope, idOf('Settings'), stackProps(config, 'Settings'));
  const roles = add('Roles', (id, props) => {
    const { saml } = config.federation;
    return new RolesStack(scope, id, { ...props, samlMetadata: saml && samlMetadata(saml.metadata) });
  });
  const access = new AccessStack(scope, idOf('Access'), { ...stackProps(config, 'Access'), people });
  // Nobody must depend on a role that does not exist.
  if (roles) access.addStackDependency(roles);
  const pipelines = add('Pipelines', (id, props) => new PipelinesStack(scope, id, props));
  const delegation = add('Delegation', (id, props) => new DelegationStack(scope, id, props));
  const identityCenter = add('IdentityCenter', (id, props) => new IdentityCenterStack(scope, id, props));
  // Permission sets refer to its policies by their names.
  if (delegation) identityCenter?.addStackDependency(delegation);
  const services = add('Services', (id, props) => new ServicesStack(scope, id, props));
  const audit = add('Audit', (id, props) => new AuditStack(scope, id, props));
  const breakGlass = add('BreakGlass', (id, props) => new BreakGlassStack(scope, id, props));
  const filters = FILTER_STACKS.map((kind) =>
    add(kind, (id, props) => new DetectionsStack(scope, id, { ...props, kind, audit })),
  );
  const alarms = new AlarmsStack(scope, idOf('Alarms'), { ...stackProps(config, 'Alarms'), audit, people });
  const spend = add('Spend', (id, props) => new SpendStack(scope, id, { ...props, alarms, people }));
  const watchdog = new WatchdogStack(scope, idOf('Watchdog'), {
    ...stackProps(config, 'Watchdog'),
    alarms,
    audit,
    checkedSettings: settings.checkedSettings,
  });
  const summary = add('Summary', (id, props) => new SummaryStack(scope, id, { ...props, alarms, audit }));
  const rootNotice = add('RootNotice', (id, props) => new RootNoticeStack(scope, id, { ...props, people }));
  const detectors = add(
    'Detectors',
    (id, props) => new DetectorsStack(scope, id, { ...props, alarms, audit }),
  );
  const networks = add('Networks', (id, props) => new NetworksStack(scope, id, props));
  const organization = add('Organization', (id, props) => new OrganizationStack(scope, id, props));
  const organizationDetectors = add(
    'OrganizationDetectors',
    (id, props) => new OrganizationDetectorsStack(scope, id, props),
  );
  // Their guards are in the group of administrators.
  for (const stack of [pipelines, delegation, organization, organizationDetectors]) {
    stack?.addStackDependency(access);
  }
  const members = wanted
    .filter((kind) => kind.startsWith('Members'))
    .map(
      (kind) => new MembersStack(scope, idOf(kind), { ...stackProps(config, kind), group: groupOf(kind) }),
    );
  // Trails, policies and StackSets of the organization need its services. A trail of this account does not:
  // it must not be destroyed with them.
  const audited = organizationTrailOf(config) ? audit : undefined;
  for (const stack of [audited, organization, ...members, organizationDetectors]) {
    if (services) stack?.addStackDependency(services);
  }
  members.forEach((stack, index) => {
    // Creates the protection of the members before the members.
    if (organization) stack.addStackDependency(organization);
    // One after another: a group takes over its OUs before the others give them up.
    const before = members[index - 1];
    if (before) stack.addStackDependency(before);
  });
  // Policies change the organization one at a time.
  if (organization) organizationDetectors?.addStackDependency(organization);
  const stacks = [
    settings,
    roles,
    access,
    pipelines,
    delegation,
    identityCenter,
    breakGlass,
    services,
    audit,
    ...filters,
    alarms,
    spend,
    watchdog,
    summary,
    rootNotice,
    detectors,
    networks,
    organization,
    ...members,
    organizationDetectors,
  ].filter((stack) => stack !== undefined);
  for (const stack of stacks) tagResources(stack, config.tags);
  return stacks;
}

import { join } from 'node:path';
import { Aws, type CustomResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { SettingModule } from '../../settings/setting';
import { SettingFunction } from '../../settings/setting-function';
import { mergedPermissions } from './merged-permissions';
import type { DelegatedService } from './delegated-services';
import {
  DELEGATIONS,
  type Detector,
  DETECTORS,
  type Feature,
  FEATURES,
  organization,
  REQUIRES,
  SERVICES,
} from './services';

/** Properties of `OrganizationServices`. */
export interface OrganizationServicesProps {
  /** ID of the organization, such as o-a1b2c3d4e5. */
  readonly organizationId: string;
  /** ID of its root, such as r-a1b2. */
  readonly rootId: string;
  /** What to enable. Features that one of them requires are enabled too. */
  readonly features: readonly Feature[];
  /**
   * Account that administers services for the organization.
   * @default - none
   */
  readonly delegatedAdministrator?: {
    readonly account: string;
    readonly services: readonly DelegatedService[];
  };
  /**
   * Detectors whose policies the organization has, and the account that administers them.
   * @default - none
   */
  readonly detectors?: {
    readonly names: readonly Detector[];
    readonly administrator: string;
    /** Regions in which it administers them. */
    readonly regions: readonly string[];
  };
}

/**
 * What an organization needs and CloudFormation has no resource type for: trusted access of services, policy
 * types, central root access, and delegated administrators. What was already enabled stays enabled. The rest
 * is disabled again when it is no longer wanted, unless somebody else uses it by then.
 */
export class OrganizationServices extends Construct {
  constructor(scope: Construct, id: string, props: OrganizationServicesProps) {
    super(scope, id);
    const { organizationId, rootId, delegatedAdministrator, detectors } = props;
    const delegations = (delegatedAdministrator?.services ?? []).map((name) => DELEGATIONS[name]);
    const wanted = new Set<Feature>([
      ...props.features.flatMap((name) => [REQUIRES[name] ?? [], name].flat()),
      ...delegations.map(({ access }) => access),
    ]);
    const names = (Object.keys(FEATURES) as Feature[]).filter((name) => wanted.has(name));
    const handler = new SettingFunction(this, 'Function', {
      entry: join(__dirname, './services.handler.ts'),
      description: 'Services of the organization',
      // All of them, because it also restores those that are no longer wanted.
      settings: SERVICES,
      // Never all Regions, which it may not list.
      regions: detectors?.regions ?? [Aws.REGION],
    });
    const check = handler.set(
      this,
      { ...organization, permissions: mergedPermissions(SERVICES) },
      { value: { id: organizationId, rootId } },
    );
    const resources = new Map<Feature, CustomResource>();
    for (const name of names) {
      const resource = handler.set(this, permitted(FEATURES[name]));
      const required = REQUIRES[name];
      resource.node.addDependency((required && resources.get(required)) ?? check);
      resources.set(name, resource);
    }
    for (const { administrator, access } of delegations) {
      const resource = handler.set(this, permitted(administrator), {
        value: delegatedAdministrator?.account,
      });
      resource.node.addDependency(resources.get(access) ?? check);
    }
    for (const name of detectors?.names ?? []) {
      const { first, administrators, last } = DETECTORS[name];
      let before = check;
      for (const module of [...first, ...administrators, last]) {
        const value = (administrators as readonly SettingModule[]).includes(module)
          ? detectors?.administrator
          : undefined;
        const resource = handler.set(this, permitted(module), { value });
        resource.node.addDependency(before);
        before = resource;
      }
    }
  }
}

/** A setting whose permissions are those of the check that it depends on. */
function permitted(module: SettingModule): SettingModule {
  return { ...module, permissions: [] };
}

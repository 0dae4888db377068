import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AdminAccess } from '../access/admin-access';
import { SupportRole } from '../access/support-role';
import { BillingAccess } from '../billing/billing-access';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { outputFirstSignIns } from './first-sign-ins';
import type { People } from './people';
import { peopleExport } from './roles-stack';
import { suiteProtection } from './suite-protection';

/** Props of {@link AccessStack}. */
export interface AccessStackProps extends ConfiguredStackProps {
  /** Source of the administrators. */
  readonly people: People;
}

/**
 * Administrators, MFA, guard, support role, and billing viewers. It changes when people change, and keeps
 * them when it is deleted.
 */
export class AccessStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: AccessStackProps) {
    super(scope, id, props);
    const { config, people } = props;
    const { access, billing, passwordPolicy, stackName } = config;
    const membersOf = access.mode === 'roles' ? Fn.importValue(peopleExport(stackName)) : undefined;
    const common = {
      minimumPasswordLength: passwordPolicy.minimumLength,
      removalPolicy: access.keepOnRemoval ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    };
    const { firstSignIns, signInUrl } = new AdminAccess(this, 'AdminAccess', {
      ...common,
      administrators: people.administrators(this),
      membersOf,
      groupName: access.groupName,
      guard: access.guard,
      suite: suiteProtection(config),
    });
    const viewers = new BillingAccess(this, 'BillingAccess', {
      ...common,
      viewers: billing.viewers.map((userName) => ({ userName })),
      membersOf,
    });

    this.output('SignInUrl', signInUrl);
    this.output('ActivateBillingAccess', viewers.activationUrl, 'As root, once: IAM access to Billing');
    if (access.supportRole) {
      const { role } = new SupportRole(this, 'SupportRole');
      this.output('SupportRoleName', role.roleName);
    }
    outputFirstSignIns(this, [...firstSignIns, ...viewers.firstSignIns]);
  }
}

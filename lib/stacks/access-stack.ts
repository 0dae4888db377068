import { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AdminAccess } from '../access/admin-access';
import type { FirstSignIn } from '../access/console-group';
import { SupportRole } from '../access/support-role';
import { KEY_ALIAS } from '../audit/key-alias';
import { BillingAccess } from '../billing/billing-access';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import type { People } from './people';

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
    const { access, auditTrail, billing, detectors, passwordPolicy } = config;
    const common = {
      minimumPasswordLength: passwordPolicy.minimumLength,
      removalPolicy: access.keepOnRemoval ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    };
    const { firstSignIns, signInUrl } = new AdminAccess(this, 'AdminAccess', {
      ...common,
      administrators: people.administrators(this),
      groupName: access.groupName,
      guard: access.guard,
      suite: {
        prefix: config.stackName,
        keyAlias: config.customerKey ? KEY_ALIAS : undefined,
        trailName: auditTrail.trailName,
        logGroupName: auditTrail.existingLogGroup,
        ...detectors,
      },
    });
    const viewers = new BillingAccess(this, 'BillingAccess', {
      ...common,
      viewers: billing.viewers.map((userName) => ({ userName })),
    });

    this.output('SignInUrl', signInUrl);
    this.output('ActivateBillingAccess', viewers.activationUrl, 'As root, once: IAM access to Billing');
    if (access.supportRole) {
      const { role } = new SupportRole(this, 'SupportRole');
      this.output('SupportRoleName', role.roleName);
    }
    this.outputFirstSignIns([...firstSignIns, ...viewers.firstSignIns]);
  }

  private outputFirstSignIns(firstSignIns: readonly FirstSignIn[]): void {
    const taken = new Set<string>();
    for (const { id, readPasswordCommand, condition } of firstSignIns) {
      // Output names contain only letters and digits, and two user names may differ only in other characters.
      const letters = id.replace(/[^A-Za-z0-9]/g, '');
      let suffix = letters;
      for (let number = 2; taken.has(suffix); number++) suffix = `${letters}${number}`;
      taken.add(suffix);
      this.output(`ReadPassword${suffix}`, readPasswordCommand).condition = condition;
    }
  }
}

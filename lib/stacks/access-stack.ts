import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AdminAccess } from '../access/admin-access';
import { othersOf, usersByRole } from '../access/assumable-roles';
import type { FirstSignIn } from '../access/console-group';
import { PeopleGroup } from '../access/people-group';
import { administratorExport, personRoleArn } from '../access/people-roles';
import { PERSON_ROLES, type PersonRole } from '../access/person-roles';
import { SupportRole } from '../access/support-role';
import { BillingAccess } from '../billing/billing-access';
import type { BaselineConfig } from '../config/config';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import type { People } from './people';
import { suiteProtection } from './suite-protection';

/** The roles that somebody may assume. */
function rolesOf(config: BaselineConfig): PersonRole[] {
  const users = usersByRole(config);
  return PERSON_ROLES.filter((role) => users[role].length > 0);
}

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
    const { access, administrators, billing, passwordPolicy, stackName } = config;
    const common = {
      minimumPasswordLength: passwordPolicy.minimumLength,
      removalPolicy: access.keepOnRemoval ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    };
    const peopleGroup =
      access.mode === 'roles'
        ? new PeopleGroup(this, 'People', {
            ...common,
            users: othersOf(config).map((userName) => ({ userName })),
            roleArns: rolesOf(config).map((role) =>
              role === 'Administrator'
                ? Fn.importValue(administratorExport(stackName))
                : personRoleArn(this, stackName, role),
            ),
          })
        : undefined;
    const { firstSignIns, signInUrl } = new AdminAccess(this, 'AdminAccess', {
      ...common,
      administrators: people.administrators(this),
      membersOf: peopleGroup,
      groupName: access.groupName,
      guard: access.guard,
      suite: suiteProtection(config),
    });
    const viewers = new BillingAccess(this, 'BillingAccess', {
      ...common,
      viewers: billing.viewers.map((userName) => ({ userName })),
      membersOf: peopleGroup,
    });
    const all = [...firstSignIns, ...viewers.firstSignIns, ...(peopleGroup?.firstSignIns ?? [])];
    peopleGroup?.letHandOver(administrators, all);

    this.output('SignInUrl', signInUrl);
    this.output('ActivateBillingAccess', viewers.activationUrl, 'As root, once: IAM access to Billing');
    if (access.supportRole) {
      const { role } = new SupportRole(this, 'SupportRole');
      this.output('SupportRoleName', role.roleName);
    }
    this.outputFirstSignIns(all);
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

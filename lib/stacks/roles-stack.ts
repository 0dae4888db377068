import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { othersOf, usersByRole } from '../access/assumable-roles';
import { PeopleGroup } from '../access/people-group';
import { PeopleRoles } from '../access/people-roles';
import { personRoleName } from '../access/person-roles';
import { BILLING_VIEWERS } from '../billing/billing-viewers';
import { consoleDomain } from '../console/console-domain';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { outputFirstSignIns } from './first-sign-ins';
import { suiteProtection } from './suite-protection';

/** Name of the export with the name of the group of people. */
export function peopleExport(prefix: string): string {
  return `${prefix}-People`;
}

/**
 * Roles for people, and the group whose members assume them. It is deployed before Access, so that the roles
 * exist before anybody depends on them, and contains the same in both modes: administrators can assume the
 * role before and after the change.
 */
export class RolesStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { access, administrators, passwordPolicy, stackName } = props.config;
    const users = usersByRole(props.config);
    const removalPolicy = access.keepOnRemoval
      ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
      : RemovalPolicy.DESTROY;
    const { roles } = new PeopleRoles(this, 'Roles', {
      users,
      session: Duration.hours(access.sessionHours),
      mfaValidFor: Duration.hours(access.mfaHours),
      guard: access.guard,
      suite: suiteProtection(props.config),
      groupNames: [access.groupName, BILLING_VIEWERS],
      removalPolicy,
    });
    const { group, firstSignIns } = new PeopleGroup(this, 'People', {
      users: othersOf(props.config).map((userName) => ({ userName })),
      administrators,
      roleArns: [...roles.values()].map(({ roleArn }) => roleArn),
      minimumPasswordLength: passwordPolicy.minimumLength,
      removalPolicy,
    });
    // A strong reference, unlike the others: CloudFormation refuses to delete this stack while people depend
    // on its roles, and to move people to the group before it exists.
    new CfnOutput(this, 'PeopleGroupName', { value: group.groupName, exportName: peopleExport(stackName) });
    for (const name of roles.keys()) {
      this.output(
        `SwitchTo${name}`,
        `https://${consoleDomain(this, 'signIn')}/switchrole?account=${this.account}&roleName=${personRoleName(stackName, name)}&displayName=${name}`,
        `Switch role: ${users[name].join(', ')}`,
      );
    }
    outputFirstSignIns(this, firstSignIns);
  }
}

import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { usersByRole } from '../access/assumable-roles';
import { administratorExport, PeopleRoles } from '../access/people-roles';
import { personRoleName } from '../access/person-roles';
import { BILLING_VIEWERS } from '../billing/billing-viewers';
import { consoleDomain } from '../console/console-domain';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { suiteProtection } from './suite-protection';

/**
 * Roles for people. It is deployed before Access, so that the roles exist before anybody depends on them, and
 * contains the same in both modes: an administrator can assume the role before and after the change.
 */
export class RolesStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { config } = props;
    const { access, stackName } = config;
    const users = usersByRole(config);
    const { roles } = new PeopleRoles(this, 'Roles', {
      users,
      session: Duration.hours(access.sessionHours),
      mfaValidFor: Duration.hours(access.mfaHours),
      guard: access.guard,
      suite: suiteProtection(config),
      groupNames: [access.groupName, BILLING_VIEWERS],
      removalPolicy: access.keepOnRemoval ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    for (const [name, role] of roles) {
      const roleName = personRoleName(stackName, name);
      this.output(
        `SwitchTo${name}`,
        `https://${consoleDomain(this, 'signIn')}/switchrole?account=${this.account}&roleName=${roleName}&displayName=${name}`,
        users[name].length > 0 ? `Switch role: ${users[name].join(', ')}` : undefined,
      );
      if (name === 'Administrator') {
        // A strong reference, unlike the others: CloudFormation refuses to delete this stack while people
        // depend on its roles, and to deploy Access in mode 'roles' before it.
        new CfnOutput(this, 'AdministratorArn', {
          value: role.roleArn,
          exportName: administratorExport(stackName),
        });
      }
    }
  }
}

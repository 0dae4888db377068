import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { othersOf, usersByRole } from '../access/assumable-roles';
import { BREAK_GLASS } from '../access/break-glass';
import { PeopleGroup } from '../access/people-group';
import { PeopleRoles } from '../access/people-roles';
import { personRoleName } from '../access/person-roles';
import { BILLING_VIEWERS } from '../billing/billing-viewers';
import { consoleDomain } from '../console/console-domain';
import { protectPipelines } from '../federation/pipelines/guard';
import { createdIssuers, hostOf } from '../federation/pipelines/issuers';
import { SamlProvider } from '../federation/saml/saml-provider';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { outputFirstSignIns } from './first-sign-ins';
import { suiteProtection } from './suite-protection';

/** Props of {@link RolesStack}. */
export interface RolesStackProps extends ConfiguredStackProps {
  /**
   * The metadata document of the SAML provider in the configuration.
   * @default - the configuration has no SAML provider
   */
  readonly samlMetadata?: string;
}

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
  constructor(scope: Construct, id: string, props: RolesStackProps) {
    super(scope, id, props);
    const { access, administrators, federation, passwordPolicy, stackName } = props.config;
    const users = usersByRole(props.config);
    const removalPolicy = access.keepOnRemoval
      ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
      : RemovalPolicy.DESTROY;
    const saml =
      federation.saml && props.samlMetadata !== undefined
        ? new SamlProvider(this, 'Saml', { ...federation.saml, metadata: props.samlMetadata })
        : undefined;
    const { roles } = new PeopleRoles(this, 'Roles', {
      users,
      federation: saml?.trust,
      session: Duration.hours(access.sessionHours),
      mfaValidFor: Duration.hours(access.mfaHours),
      guard: access.guard,
      suite: suiteProtection(props.config),
      // The stacks of these give the group of administrators the same, which has no members in role mode.
      protectedResources: protectPipelines(this, stackName, createdIssuers(props.config).map(hostOf)),
      revokedSessions: access.revokedSessions,
      groupNames: [access.groupName, BILLING_VIEWERS, ...(access.breakGlass ? [BREAK_GLASS] : [])],
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
      if (users[name].length === 0) continue;
      this.output(
        `SwitchTo${name}`,
        `https://${consoleDomain(this, 'signIn')}/switchrole?account=${this.account}&roleName=${personRoleName(stackName, name)}&displayName=${name}`,
        `Switch role: ${users[name].join(', ')}`,
      );
    }
    for (const { role } of saml ? (federation.saml?.roles ?? []) : []) {
      const arn = roles.get(role)?.roleArn;
      // The value of https://aws.amazon.com/SAML/Attributes/Role in an assertion.
      if (saml && arn !== undefined) this.output(`SamlRole${role}`, `${arn},${saml.arn}`);
    }
    outputFirstSignIns(this, firstSignIns);
  }
}

import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IRole, ManagedPolicy, Policy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';
import { denyFirstPasswords } from './first-passwords';
import {
  denyTampering,
  type ProtectedResource,
  protectGroups,
  protectSuite,
  type SuiteProtection,
} from './guard';
import { PERSON_ROLES, type PersonRole, personRoleName, RIGHTS_OF } from './person-roles';
import { Trust, trustUsers } from './person-trust';
import { denySessions, type RevokedSessions } from './revoked-sessions';
import { verifyStatements } from './verify-statements';

/** Props of {@link PeopleRoles}. */
export interface PeopleRolesProps {
  /** Names of the IAM users who may assume each role. */
  readonly users: Readonly<Partial<Record<PersonRole, readonly string[]>>>;
  /**
   * Statements that let an identity provider sign people in to each role.
   * @default - users of the account only
   */
  readonly federation?: Readonly<Partial<Record<PersonRole, readonly PolicyStatement[]>>>;
  /** Longest session, 1 to 12 hours. */
  readonly session: Duration;
  /** How long after the sign-in with MFA users can assume a role. */
  readonly mfaValidFor: Duration;
  /** The suite. Its prefix starts the names of the roles. */
  readonly suite: SuiteProtection;
  /**
   * Prevents changes of the suite outside CloudFormation.
   * @default true
   */
  readonly guard?: boolean;
  /**
   * What the guard protects besides the groups and the suite.
   * @default []
   */
  readonly protectedResources?: readonly ProtectedResource[];
  /** Names of the groups that the guard protects, besides those that start with the prefix. */
  readonly groupNames: readonly string[];
  /**
   * Sessions of all roles that are to end.
   * @default []
   */
  readonly revokedSessions?: readonly RevokedSessions[];
  /**
   * What happens to the role `Administrator` when the stack is deleted. By default it is kept, because
   * otherwise nobody but root could use an account whose people have no other rights.
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Roles for people: administrator, power user, read only, auditor, billing. */
export class PeopleRoles extends Construct {
  /** The roles that somebody may assume. */
  readonly roles: ReadonlyMap<PersonRole, IRole>;

  constructor(scope: Construct, id: string, props: PeopleRolesProps) {
    super(scope, id);
    const roles = PERSON_ROLES.flatMap((name): [PersonRole, Role][] => {
      const role = this.addRole(name, props);
      return role ? [[name, role]] : [];
    });
    this.roles = new Map(roles);
    const guarded = roles.filter(([name]) => RIGHTS_OF[name].isGuarded).map(([, role]) => role);
    if ((props.guard ?? true) && guarded.length > 0) {
      const { groupNames, protectedResources = [], suite } = props;
      const groups = [...groupNames, `${suite.prefix}-*`];
      const guard = new Policy(this, 'Guard', {
        roles: guarded,
        statements: [
          denyTampering([protectGroups(this, groups), ...protectSuite(this, suite), ...protectedResources]),
        ],
      });
      acknowledgeInline(guard);
    }
    const { revokedSessions = [] } = props;
    if (revokedSessions.length > 0) {
      const everyRole = roles.map(([, role]) => role);
      acknowledgeInline(
        new Policy(this, 'Revoked', { roles: everyRole, statements: denySessions(revokedSessions) }),
      );
    }
  }

  private addRole(name: PersonRole, props: PeopleRolesProps): Role | undefined {
    const { users, federation, mfaValidFor, session, suite } = props;
    const { description, managedPolicies } = RIGHTS_OF[name];
    const userNames = users[name] ?? [];
    const federated = federation?.[name];
    const trust = [
      ...(userNames.length > 0 ? trustUsers({ userNames, mfaValidFor }) : []),
      ...(federated ?? []),
    ];
    if (trust.length === 0) return undefined;
    const role = new Role(this, name, {
      roleName: personRoleName(suite.prefix, name),
      description,
      assumedBy: new Trust(trust),
      maxSessionDuration: session,
      managedPolicies: managedPolicies.map((policy) => ManagedPolicy.fromAwsManagedPolicyName(policy)),
    });
    acknowledge(
      role,
      {
        reason: 'People type the name. It changes only with the prefix of the stacks.',
        guard: ['CFN_NO_EXPLICIT_RESOURCE_NAMES'],
        cfnNag: ['W28'],
      },
      {
        reason: 'AWS keeps these policies up to date. People must sign in with MFA to use them.',
        cdkNag: managedPolicies.map(
          (policy) => `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
        ),
      },
    );
    if (name === 'Administrator') {
      role.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }
    if (name === 'PowerUser') {
      acknowledgeInline(
        new Policy(this, 'NoPasswords', { roles: [role], statements: [denyFirstPasswords(this)] }),
      );
    }
    if (name === 'Auditor') this.letVerify(role, suite.prefix);
    return role;
  }

  /** What `verify` reads besides what the managed policies of auditors allow. */
  private letVerify(role: Role, prefix: string): void {
    const { statements, resources } = verifyStatements(this, prefix);
    const policy = new Policy(this, 'Verify', { roles: [role], statements });
    acknowledge(policy, {
      reason: 'The policy is specific to this role.',
      cdkNag: ['NIST.800.53.R5-IAMNoInlinePolicy'],
    });
    for (const resource of resources) {
      acknowledgeWildcard(policy, resource, 'The stacks of the suite, in the home Region and us-east-1.');
    }
    acknowledgeWildcard(policy, '*', 'An auditor reads every resource of these types.');
  }
}

function acknowledgeInline(policy: Policy): void {
  acknowledge(policy, {
    reason:
      'It belongs to these roles only and must not be detached, which is possible with a managed policy.',
    cdkNag: ['NIST.800.53.R5-IAMNoInlinePolicy'],
  });
}

/** ARN of a role for people. */
export function personRoleArn(scope: Construct, prefix: string, role: PersonRole): string {
  return Stack.of(scope).formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: personRoleName(prefix, role),
  });
}

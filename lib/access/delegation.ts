import { Stack } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';
import { denyFirstPasswords } from './first-passwords';
import type { ProtectedResource } from './guard';

/** Path of what role makers create. A condition on the path is the only one that `iam:PassRole` knows. */
const DELEGATED_PATH = 'delegated';

/** Props of {@link Delegation}. */
export interface DelegationProps {
  /** Prefix of the names of the policies. */
  readonly prefix: string;
  /** What the boundary denies all changes of, on the way through CloudFormation too. */
  readonly protectedResources: readonly ProtectedResource[];
}

/**
 * Lets people and pipelines create roles and users, without giving themselves more permissions.
 *
 * - The permissions boundary limits role makers and everything that they create.
 * - The policy of role makers grants creating, changing and passing roles and users below one path, all with
 *   the boundary.
 *
 * It does not limit what others created with more rights, such as an instance that administers the account:
 * anyone who may change it has its rights. Keep it in another account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class Delegation extends Construct {
  /** ARN of the permissions boundary. */
  readonly boundaryArn: string;
  /** ARN of the policy of role makers. */
  readonly roleMakerArn: string;

  constructor(scope: Construct, id: string, props: DelegationProps) {
    super(scope, id);
    const { prefix, protectedResources } = props;
    const boundaryName = `${prefix}-Delegated`;
    const arn = (resource: string, name: string) =>
      Stack.of(this).formatArn({ service: 'iam', region: '', resource, resourceName: name });
    // The ARN by name, because the policy refers to itself.
    this.boundaryArn = arn('policy', boundaryName);
    const making = makeRoles(arn, this.boundaryArn);
    const boundary = new ManagedPolicy(this, 'Boundary', {
      managedPolicyName: boundaryName,
      description: 'Permissions boundary of those who may create roles, and of what they create',
      statements: [
        new PolicyStatement({
          sid: 'Services',
          // A boundary grants nothing; it lists the services in which identity policies have effect.
          notActions: NOT_BY_DELEGATES,
          resources: ['*'],
        }),
        ...making,
        new PolicyStatement({
          sid: 'DenyTampering',
          effect: Effect.DENY,
          actions: protectedResources.flatMap(({ actions }) => actions),
          resources: protectedResources.flatMap(({ resources }) => resources),
        }),
        denyFirstPasswords(this),
      ],
    });
    const maker = new ManagedPolicy(this, 'RoleMaker', {
      managedPolicyName: `${prefix}-RoleMaker`,
      description: `Creates roles and users below /${DELEGATED_PATH}/, with the boundary ${boundaryName}`,
      statements: makeRoles(arn, this.boundaryArn),
    });
    this.roleMakerArn = maker.managedPolicyArn;
    // The policy is useless without the boundary, and its deletion must not come first.
    maker.node.addDependency(boundary);
    for (const policy of [boundary, maker]) {
      acknowledge(policy, {
        reason: 'People select it by its name, and its ARN is in the policy itself.',
        guard: ['CFN_NO_EXPLICIT_RESOURCE_NAMES'],
        cfnNag: ['W28'],
      });
      for (const kind of ['role', 'user', 'instance-profile']) {
        acknowledgeWildcard(policy, arn(kind, `${DELEGATED_PATH}/*`), 'The path holds what was delegated.');
      }
      acknowledgeWildcard(policy, arn('role', 'aws-service-role/*'), 'AWS defines what these roles may do.');
      acknowledgeWildcard(
        policy,
        '*',
        'Reading needs no limit, and a boundary lists what it does not allow.',
      );
      acknowledge(policy, {
        reason: 'Reading IAM changes nothing.',
        cdkNag: ['iam:Get*', 'iam:List*', 'iam:Simulate*'].map(
          (action) => `AwsSolutions-IAM5[Action::${action}]`,
        ),
      });
    }
    // cdk-nag cannot read the part of the boundary without actions, and reports the whole policy.
    acknowledge(boundary, {
      reason: 'A boundary grants nothing by itself: it lists what other policies may not grant.',
      cdkNag: ['AwsSolutions-IAM5', 'CloudFormation-Validate::W2512'],
      cfnNag: ['W17'],
    });
  }
}

/**
 * What nobody may do with the boundary, whatever their policies say: IAM and roles, except as below, and
 * services that give access by themselves.
 */
const NOT_BY_DELEGATES = [
  'account:*',
  // Service-managed stack sets deploy with a role of administrators.
  'cloudformation:*StackSet*',
  'cloudformation:*StackInstances',
  'iam:*',
  'identitystore:*',
  'organizations:*',
  'rolesanywhere:*',
  'sso-directory:*',
  'sso:*',
  'sts:AssumeRole',
  'sts:AssumeRoot',
];

/**
 * Creates roles and users with the boundary, below one path. IAM knows the boundary of the target for the
 * actions that give it rights, and only the path for the others.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
function makeRoles(arn: (resource: string, name: string) => string, boundary: string): PolicyStatement[] {
  const all = `${DELEGATED_PATH}/*`;
  const roles = arn('role', all);
  const users = arn('user', all);
  return [
    new PolicyStatement({
      sid: 'ReadIam',
      actions: ['iam:Get*', 'iam:List*', 'iam:Simulate*'],
      resources: ['*'],
    }),
    new PolicyStatement({
      sid: 'GiveRightsWithBoundary',
      actions: ['Role', 'User'].flatMap((kind) => [
        `iam:Attach${kind}Policy`,
        `iam:Create${kind}`,
        `iam:Delete${kind}Policy`,
        `iam:Detach${kind}Policy`,
        `iam:Put${kind}PermissionsBoundary`,
        `iam:Put${kind}Policy`,
      ]),
      resources: [roles, users],
      conditions: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
    }),
    new PolicyStatement({
      sid: 'ManageDelegated',
      actions: [
        'iam:AddRoleToInstanceProfile',
        'iam:CreateAccessKey',
        'iam:CreateInstanceProfile',
        'iam:DeleteAccessKey',
        'iam:DeleteInstanceProfile',
        'iam:DeleteRole',
        'iam:DeleteUser',
        'iam:RemoveRoleFromInstanceProfile',
        'iam:TagRole',
        'iam:TagUser',
        'iam:UntagRole',
        'iam:UntagUser',
        'iam:UpdateAccessKey',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ],
      resources: [roles, users, arn('instance-profile', all)],
    }),
    new PolicyStatement({
      sid: 'UseDelegated',
      actions: ['iam:PassRole', 'sts:AssumeRole'],
      resources: [roles],
    }),
    new PolicyStatement({
      sid: 'ServiceLinkedRoles',
      // AWS defines what these roles may do, and who uses them.
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [arn('role', 'aws-service-role/*')],
    }),
  ];
}

import { type IGroup, type IRole, ManagedPolicy, PolicyStatement, Effect } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { denyTampering, type ProtectedResource } from '../access/guard';
import { protectPipelines } from '../federation/pipelines/guard';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';
import { OUTSIDE_CLOUDFORMATION } from '../functions/through-cloudformation';

/** Properties of `OrganizationGuard`. */
export interface OrganizationGuardProps {
  /** Prefix of the names of the stacks, and of their StackSets. */
  readonly prefix: string;
  /** ID of the organization, such as o-a1b2c3d4e5. */
  readonly organizationId: string;
  /** ID of its root, such as r-a1b2. */
  readonly rootId: string;
  /** ARNs of the policies of the organization that the baseline created. */
  readonly policyArns: readonly string[];
  /** Group of the administrators. */
  readonly group: IGroup;
  /**
   * Roles of people who can change the organization.
   * @default []
   */
  readonly roles?: readonly IRole[];
}

/**
 * Actions on the members' StackSet that are denied outside CloudFormation.
 *
 * `CreateStackInstances` stays allowed: it tries members again.
 */
export function protectStackSets(scope: Construct, prefix: string): ProtectedResource {
  return {
    actions: [
      'cloudformation:DeleteStackInstances',
      'cloudformation:DeleteStackSet',
      'cloudformation:UpdateStackInstances',
      'cloudformation:UpdateStackSet',
    ],
    // A name, and an ID that CloudFormation chooses.
    resources: [
      Stack.of(scope).formatArn({
        service: 'cloudformation',
        resource: 'stackset',
        resourceName: `${prefix}-*`,
      }),
    ],
  };
}

/**
 * Keeps administrators from changing the organization's policies and the members' StackSet outside
 * CloudFormation, by mistake or with a stolen session. It is a managed policy, because the inline policies of
 * a group share 5,120 characters.
 */
export class OrganizationGuard extends Construct {
  constructor(scope: Construct, id: string, props: OrganizationGuardProps) {
    super(scope, id);
    const { prefix, organizationId, rootId, policyArns, group, roles = [] } = props;
    const stack = Stack.of(this);
    const stackSets = protectStackSets(this, prefix);
    const itself = protectPipelines(this, prefix, []);
    const guard = new ManagedPolicy(this, 'Default', {
      description: 'Lets only CloudFormation change the policies and StackSets of the account baseline',
      groups: [group],
      roles: [...roles],
      statements: [
        denyTampering([
          stackSets,
          ...(policyArns.length === 0
            ? []
            : [
                {
                  actions: [
                    'organizations:DeletePolicy',
                    'organizations:DetachPolicy',
                    'organizations:UpdatePolicy',
                  ],
                  resources: policyArns,
                },
              ]),
          ...itself,
        ]),
        new PolicyStatement({
          // It would detach every policy of the type.
          sid: 'KeepPolicyTypes',
          effect: Effect.DENY,
          actions: ['organizations:DisablePolicyType'],
          resources: [
            stack.formatArn({
              service: 'organizations',
              region: '',
              resource: 'root',
              resourceName: `${organizationId}/${rootId}`,
            }),
          ],
          conditions: OUTSIDE_CLOUDFORMATION,
        }),
      ],
    });
    // The policy only denies; see AdminAccess.
    guard.applyRemovalPolicy(RemovalPolicy.DESTROY);
    for (const resource of [stackSets, ...itself].flatMap(({ resources }) => resources)) {
      acknowledgeWildcard(guard, resource, 'The statement only denies, whatever begins with the prefix.');
    }
    acknowledge(guard, {
      reason: 'The statement only denies.',
      cdkNag: ['AwsSolutions-IAM5[Action::iam:DeletePolicy*]'],
    });
  }
}

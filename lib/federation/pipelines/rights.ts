import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Roles of `cdk bootstrap` that a deployment assumes; `lookup` alone reads. */
const CDK_ROLES = ['deploy-role', 'file-publishing-role', 'image-publishing-role', 'lookup-role'];

/**
 * Assumes roles of `cdk bootstrap`, in any Region. The roles for deployments lead to the one of
 * CloudFormation, which may do everything unless `cdk bootstrap` was told otherwise.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export function assumeCdkRoles(scope: Construct, qualifier: string, what: 'plan' | 'deploy') {
  const { account } = Stack.of(scope);
  const roles = what === 'plan' ? ['lookup-role'] : CDK_ROLES;
  return [
    new PolicyStatement({
      sid: 'AssumeRolesOfCdk',
      actions: ['sts:AssumeRole'],
      // The names end with the Region, and apps deploy to several.
      resources: roles.map((role) => iamArn(scope, 'role', `cdk-${qualifier}-${role}-${account}-*`)),
    }),
  ];
}

/** Reads the stacks of the suite, for `cdk diff --method template`. */
const READ_STACKS = [
  'cloudformation:DescribeChangeSet',
  'cloudformation:DescribeStackEvents',
  'cloudformation:DescribeStackResources',
  'cloudformation:DescribeStacks',
  'cloudformation:GetTemplate',
  'cloudformation:ListStackResources',
];

/** What `cdk deploy` calls by itself. Deleting a stack is not for a pipeline. */
const DEPLOY_STACKS = [
  'cloudformation:ContinueUpdateRollback',
  'cloudformation:CreateChangeSet',
  'cloudformation:DeleteChangeSet',
  'cloudformation:ExecuteChangeSet',
  'cloudformation:RollbackStack',
  'cloudformation:UpdateTerminationProtection',
];

/**
 * Compares the stacks of the suite, or deploys them. They need no `cdk bootstrap`, so CloudFormation works
 * with the permissions of the role, which has them only on the way through CloudFormation. Anyone who
 * controls the template of a stack can do everything with it all the same.
 *
 * @param prefix prefix of the stack names
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
export function deployBaseline(scope: Construct, prefix: string, what: 'plan' | 'deploy') {
  // Another Region has the stacks whose types exist only there.
  const stacks = Stack.of(scope).formatArn({
    service: 'cloudformation',
    region: '*',
    resource: 'stack',
    resourceName: `${prefix}-*`,
  });
  const read = new PolicyStatement({ sid: 'ReadBaseline', actions: READ_STACKS, resources: [stacks] });
  if (what === 'plan') return [read];
  return [
    read,
    new PolicyStatement({ sid: 'DeployBaseline', actions: DEPLOY_STACKS, resources: [stacks] }),
    new PolicyStatement({
      sid: 'ThroughCloudFormation',
      // The baseline consists of policies, roles and settings of many services.
      actions: ['*'],
      resources: ['*'],
      conditions: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } },
    }),
  ];
}

/** ARN of a resource of IAM in this account. */
function iamArn(scope: Construct, resource: string, resourceName: string): string {
  return Stack.of(scope).formatArn({
    service: 'iam',
    region: '',
    resource,
    resourceName,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
}

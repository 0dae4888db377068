import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Group } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { Delegation } from '../access/delegation';
import { GroupPolicy } from '../access/group-policy';
import { denyTampering, protectSuite } from '../access/guard';
import { protectPipelines } from '../federation/pipelines/guard';
import { createdIssuers, hostOf } from '../federation/pipelines/issuers';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { suiteProtection } from './suite-protection';

/** The permissions boundary for those who may create roles, and their policy. */
export class DelegationStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { config } = props;
    const prefix = config.stackName;
    const { boundaryArn, roleMakerArn } = new Delegation(this, 'Delegation', {
      prefix,
      protectedResources: [
        ...protectSuite(this, suiteProtection(config)),
        ...protectPipelines(this, prefix, createdIssuers(config).map(hostOf)),
        {
          // The stacks themselves, because CloudFormation is not exempt.
          actions: [
            'cloudformation:C*',
            'cloudformation:DeleteChangeSet',
            'cloudformation:DeleteStack',
            'cloudformation:ExecuteChangeSet',
            'cloudformation:RollbackStack',
            'cloudformation:Update*',
          ],
          resources: [
            Stack.of(this).formatArn({
              service: 'cloudformation',
              region: '*',
              resource: 'stack',
              resourceName: `${prefix}-*`,
            }),
          ],
        },
      ],
    });
    if (config.access.guard) {
      new GroupPolicy(this, 'DelegationGuard', {
        // By name: a group that another stack creates, and keeps when it is deleted.
        group: Group.fromGroupName(this, 'Administrators', config.access.groupName),
        statements: [denyTampering(protectPipelines(this, prefix, []))],
        // The policy only denies; see AdminAccess.
        removalPolicy: RemovalPolicy.DESTROY,
      });
    }
    this.output('PermissionsBoundary', boundaryArn, 'Boundary of role makers and of what they create');
    this.output('RoleMakerPolicy', roleMakerArn, 'Policy of role makers');
  }
}

import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Delegation } from '../access/delegation';
import { protectSuite } from '../access/guard';
import { KEY_ALIAS } from '../audit/key-alias';
import { protectPipelines } from '../federation/pipelines/guard';
import { createdIssuers, hostOf } from '../federation/pipelines/issuers';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** The permissions boundary for those who may create roles, and their policy. */
export class DelegationStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { config } = props;
    const prefix = config.stackName;
    const { boundaryArn, roleMakerArn } = new Delegation(this, 'Delegation', {
      prefix,
      protectedResources: [
        ...protectSuite(this, {
          prefix,
          keyAlias: config.customerKey ? KEY_ALIAS : undefined,
          trailName: config.auditTrail.trailName,
          logGroupName: config.auditTrail.existingLogGroup,
          ...config.detectors,
        }),
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
    this.output('PermissionsBoundary', boundaryArn, 'Boundary of role makers and of what they create');
    this.output('RoleMakerPolicy', roleMakerArn, 'Policy of role makers');
  }
}

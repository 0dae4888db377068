import { RemovalPolicy } from 'aws-cdk-lib';
import { Group } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { GroupPolicy } from '../access/group-policy';
import { denyTampering } from '../access/guard';
import { protectPipelines } from '../federation/pipelines/guard';
import { createdIssuers, hostOf } from '../federation/pipelines/issuers';
import { PipelineAccess } from '../federation/pipelines/pipeline-access';
import { pipelinesOf } from '../federation/pipelines/pipelines';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { outputNames } from './output-names';

/** Roles that pipelines assume with tokens of their platform. It changes when repositories change. */
export class PipelinesStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { access, federation, stackName } = props.config;
    const { cdkQualifier, existingProviders } = federation.pipelines;
    const { roles } = new PipelineAccess(this, 'Pipelines', {
      prefix: stackName,
      pipelines: pipelinesOf(props.config),
      cdkQualifier,
      existingProviders,
    });
    if (access.guard) {
      new GroupPolicy(this, 'PipelinesGuard', {
        // By name: a group that another stack creates, and keeps when it is deleted.
        group: Group.fromGroupName(this, 'Administrators', access.groupName),
        statements: [
          denyTampering(protectPipelines(this, stackName, createdIssuers(props.config).map(hostOf))),
        ],
        // The policy only denies; see AdminAccess.
        removalPolicy: RemovalPolicy.DESTROY,
      });
    }
    const names = outputNames(roles.map(({ node }) => node.id));
    roles.forEach(({ roleArn }, index) => this.output(`${names[index] ?? ''}Arn`, roleArn));
  }
}

import type { Construct } from 'constructs';
import { MemberStackSet } from '../organization/members/member-stack-set';
import { MANAGEMENT_ACCOUNT, memberTemplate } from '../organization/members/member-template';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Settings in every member of the organization. */
export class MembersStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { config } = props;
    const { organization } = config;
    if (!organization) throw new Error('organization must be configured, got nothing');
    const { retryCommand } = new MemberStackSet(this, 'Members', {
      name: this.stackName,
      template: memberTemplate(this, config),
      parameters: { [MANAGEMENT_ACCOUNT]: this.account },
      targets: organization.ous ?? [organization.rootId],
      exceptAccounts: organization.exceptAccounts,
    });
    this.output('Retry', retryCommand, 'Tries again in members where the deployment failed');
  }
}

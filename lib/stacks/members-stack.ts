import type { Construct } from 'constructs';
import { memberGroupsOf } from '../organization/members/member-groups';
import { MemberStackSet } from '../organization/members/member-stack-set';
import { MANAGEMENT_ACCOUNT, memberTemplate } from '../organization/members/member-template';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Properties of `MembersStack`. */
interface MembersStackProps extends ConfiguredStackProps {
  /**
   * Name of the group of members that get a stack.
   * @default - the members of no group
   */
  readonly group?: string;
}

/** Settings in members of the organization. */
export class MembersStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: MembersStackProps) {
    super(scope, id, props);
    const { config, group = '' } = props;
    const { organization } = config;
    const targets = memberGroupsOf(config).find(({ name }) => name === group)?.targets;
    if (!organization || !targets) throw new Error('organization must be configured, got nothing');
    const { retryCommand } = new MemberStackSet(this, 'Members', {
      name: this.stackName,
      template: memberTemplate(this, config, group),
      parameters: { [MANAGEMENT_ACCOUNT]: this.account },
      targets,
      exceptAccounts: organization.exceptAccounts,
    });
    this.output('Retry', retryCommand, 'Tries again in members where the deployment failed');
  }
}

import { isNamed, type Permission } from '../../settings/setting';
import { allPages } from './all-pages';
import type { ServiceSetting } from './service-setting';

/**
 * Trusted access of StackSets. CloudFormation has its own operation for it, because it also needs
 * service-linked roles; Organizations alone does not activate it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-cloudformation.html
 */
const stackSetsAccess = {
  name: 'StackSetsAccess',
  scope: 'account',
  async read({ cloudFormation }) {
    const { Status } = await cloudFormation.describeOrganizationsAccess({ CallAs: 'SELF' });
    return Status === 'ENABLED';
  },
  async write({ cloudFormation }, value, { skip }) {
    if (value) return cloudFormation.activateOrganizationsAccess({});
    const stackSets = await allPages(
      (NextToken) => cloudFormation.listStackSets({ Status: 'ACTIVE', NextToken }),
      (page) => page.Summaries,
    );
    const used = stackSets.find(({ PermissionModel }) => PermissionModel === 'SERVICE_MANAGED');
    if (used) {
      skip(`StackSets stay trusted: ${used.StackSetName} needs it`);
      return value;
    }
    try {
      return await cloudFormation.deactivateOrganizationsAccess({});
    } catch (error) {
      //! A StackSet of another Region, or a delegated administrator.
      if (!isNamed(error, 'InvalidOperationException')) throw error;
      skip(`StackSets stay trusted: ${String(error)}`);
      return value;
    }
  },
  desired: () => true,
} as const satisfies ServiceSetting<boolean>;

export const permissions = [
  {
    sid: 'StackSetsAccess',
    actions: [
      'cloudformation:ActivateOrganizationsAccess',
      'cloudformation:DeactivateOrganizationsAccess',
      'cloudformation:DescribeOrganizationsAccess',
      'cloudformation:ListStackSets',
      'organizations:ListAWSServiceAccessForOrganization',
    ],
  },
  {
    sid: 'TrustStackSets',
    actions: ['organizations:DisableAWSServiceAccess', 'organizations:EnableAWSServiceAccess'],
    conditions: {
      StringEquals: {
        'organizations:ServicePrincipal': [
          'member.org.stacksets.cloudformation.amazonaws.com',
          'stacksets.cloudformation.amazonaws.com',
        ],
      },
    },
  },
  {
    sid: 'StackSetsRole',
    actions: ['iam:CreateServiceLinkedRole'],
    resources: [
      {
        service: 'iam',
        region: '',
        path: 'role/aws-service-role/stacksets.cloudformation.amazonaws.com/AWSServiceRoleForCloudFormationStackSetsOrgAdmin',
      },
    ],
  },
] as const satisfies readonly Permission[];

export { stackSetsAccess as setting };
export const file = __filename;

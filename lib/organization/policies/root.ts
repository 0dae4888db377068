import { exceptMembers } from './exceptions';
import { denials, type OrganizationPolicy } from './policy';

/**
 * Members need no root user: what only root can do there, central root sessions do. Without the condition on
 * `aws:AssumedRoot` these would be denied, too.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
export const root: OrganizationPolicy = {
  name: 'root',
  type: 'SERVICE_CONTROL_POLICY',
  denies: 'Everything that the root user of a member does, except in central root sessions',
  reason: 'No policy of the member limits its root user, and its password can be reset by e-mail.',
  noise:
    'Those who sign in as root of a member: to close it, to change its tax settings, or to sign up for GovCloud',
  exempt: 'Central root sessions (`sts:AssumeRoot`)',
  neverDenies: 'Resetting the root password, and unlocking a bucket or queue by a central root session',
  document: ({ exceptAccounts }) =>
    denials([
      {
        Sid: 'DenyRoot',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: {
          ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:root' },
          Null: { 'aws:AssumedRoot': 'true' },
          ...exceptMembers(exceptAccounts),
        },
      },
    ]),
};

import { notEquals } from './exceptions';
import { denials, type OrganizationPolicy } from './policy';

/**
 * Services whose resources a resource control policy covers, and whose callers have credentials of AWS. A
 * policy must name the services. Wildcards cover the actions that they add.
 *
 * Left out: Cognito, IAM Roles Anywhere and sign-in, whose callers have no organization, and public ECR.
 * Federation through STS is left out, because people and pipelines of an identity provider have none either.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/resource_control_policies
 */
const SERVICES = ['aoss:*', 'dynamodb:*', 'ecr:*', 'kms:*', 'logs:*', 's3:*', 'secretsmanager:*', 'sqs:*'];

/**
 * Closes the organization's resources to everyone else, whatever their own policies allow. The second
 * statement keeps AWS services from being used as deputies: `aws:SourceAccount` exists only in requests by
 * services that say for whom they act.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
 */
export const outsiders: OrganizationPolicy = {
  name: 'outsiders',
  type: 'RESOURCE_CONTROL_POLICY',
  denies: 'Access of outsiders to data, keys, secrets, queues, logs, images, and roles of members',
  reason: 'One wrong bucket policy, key policy, or trust policy opens a resource to everyone.',
  noise:
    'Vendors that assume a role, partners, public buckets, origin access identities of CloudFront, and access logs of load balancers in older Regions',
  exempt: '`trustedAccounts`; AWS services that act for the organization; service-linked roles',
  neverDenies: 'Single sign-on, pipelines by OpenID Connect, AWS services, and the trail of the organization',
  document: ({ organizationId, trustedAccounts, exceptAccounts }) =>
    denials([
      {
        Sid: 'DenyOutsiders',
        Effect: 'Deny',
        Principal: '*',
        Action: [...SERVICES, 'sts:AssumeRole', 'sts:SetContext'],
        Resource: '*',
        Condition: {
          ...notEquals(
            {
              'aws:PrincipalOrgID': [organizationId],
              'aws:PrincipalAccount': trustedAccounts,
              'aws:ResourceAccount': exceptAccounts,
            },
            'StringNotEqualsIfExists',
          ),
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
      {
        Sid: 'DenyServicesForOutsiders',
        Effect: 'Deny',
        Principal: '*',
        Action: [...SERVICES, 'sts:AssumeRole'],
        Resource: '*',
        Condition: {
          ...notEquals(
            {
              'aws:SourceOrgID': [organizationId],
              'aws:SourceAccount': trustedAccounts,
              'aws:ResourceAccount': exceptAccounts,
            },
            'StringNotEqualsIfExists',
          ),
          Null: { 'aws:SourceAccount': 'false' },
          Bool: { 'aws:PrincipalIsAWSService': 'true' },
        },
      },
    ]),
};

import { exceptRollout } from './exceptions';
import { denials, type OrganizationPolicy } from './policy';

/**
 * What AWS exempts in its own policy, because the endpoint of a global service is in one Region. AWS exempts
 * whole services, too.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html#example-scp-deny-region
 */
const OF_AWS_EXAMPLE = [
  'a4b:*',
  'acm:*',
  'aws-marketplace-management:*',
  'aws-marketplace:*',
  'aws-portal:*',
  'budgets:*',
  'ce:*',
  'chime:*',
  'cloudfront:*',
  'config:*',
  'cur:*',
  'directconnect:*',
  'ec2:DescribeRegions',
  'ec2:DescribeTransitGateways',
  'ec2:DescribeVpnGateways',
  'fms:*',
  'globalaccelerator:*',
  'health:*',
  'iam:*',
  'importexport:*',
  'kms:*',
  'mobileanalytics:*',
  'networkmanager:*',
  'organizations:*',
  'pricing:*',
  'route53-recovery-cluster:*',
  'route53-recovery-control-config:*',
  'route53-recovery-readiness:*',
  'route53:*',
  'route53domains:*',
  's3:GetAccountPublic*',
  's3:ListAllMyBuckets',
  's3:ListMultiRegionAccessPoints',
  's3:PutAccountPublic*',
  'shield:*',
  'sts:*',
  'support:*',
  'trustedadvisor:*',
  'waf-regional:*',
  'waf:*',
  'wafv2:*',
  'wellarchitected:*',
];

/**
 * What AWS Control Tower also exempts: billing, pages of the account, and services that read or notify across
 * Regions.
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/primary-region-deny-policy.html
 */
const OF_CONTROL_TOWER = [
  'access-analyzer:*',
  'account:*',
  'activate:*',
  'artifact:*',
  'billing:*',
  'billingconductor:*',
  'chatbot:*',
  'cloudtrail:LookupEvents',
  'compute-optimizer:*',
  'consoleapp:*',
  'consolidatedbilling:*',
  'devicefarm:*',
  'ecr-public:*',
  'freetier:*',
  'invoicing:*',
  'iq:*',
  'license-manager:ListReceivedLicenses',
  'notifications-contacts:*',
  'notifications:*',
  'payments:*',
  'resource-explorer-2:*',
  's3:GetBucketLocation',
  's3:GetBucketPolicyStatus',
  's3:GetBucketPublicAccessBlock',
  's3:GetStorageLensConfiguration',
  's3:GetStorageLensDashboard',
  's3:ListStorageLensConfigurations',
  'savingsplans:*',
  'sso:*',
  'supportapp:*',
  'supportplans:*',
  'sustainability:*',
  'tag:GetResources',
  'tax:*',
];

/** Actions of global services, and those that have to work in every Region. */
const GLOBAL_ACTIONS: readonly string[] = [...OF_AWS_EXAMPLE, ...OF_CONTROL_TOWER].sort();

/** Keeps resources out of Regions that nobody checks. */
export const regions: OrganizationPolicy = {
  name: 'regions',
  type: 'SERVICE_CONTROL_POLICY',
  denies: 'Using Regions other than those of `organization.regions`',
  reason: 'Attackers use Regions that nobody looks at, and data must not leave the agreed Regions.',
  noise:
    'Bedrock’s cross-Region inference, backup copies to other Regions, and consoles that read every Region',
  exempt:
    'Global services; the roles that roll out the baseline, check it, or recover a member; central root sessions',
  neverDenies: 'Signing in, assuming roles, billing, support, and reading which Regions exist',
  document: (options) =>
    denials([
      {
        Sid: 'DenyOtherRegions',
        Effect: 'Deny',
        NotAction: GLOBAL_ACTIONS,
        Resource: '*',
        Condition: exceptRollout(options, { 'aws:RequestedRegion': options.regions }),
      },
    ]),
};

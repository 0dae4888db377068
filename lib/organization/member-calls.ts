/**
 * The API calls with which `org verify` reads a member, and the IAM actions that each call needs. The role
 * that the members get allows these actions and no others.
 */
export const MEMBER_CALLS = {
  'accessanalyzer.ListAnalyzers': 'access-analyzer:ListAnalyzers',
  'accessanalyzer.ListFindings': 'access-analyzer:ListFindings',
  'account.GetAlternateContact': 'account:GetAlternateContact',
  'account.GetContactInformation': 'account:GetContactInformation',
  // Cloud Control calls the service of the type with the caller's permissions, here for trust anchors.
  'cloudcontrol.ListResources': [
    'cloudformation:ListResources',
    'rolesanywhere:ListTagsForResource',
    'rolesanywhere:ListTrustAnchors',
  ],
  'cloudtrail.DescribeTrails': 'cloudtrail:DescribeTrails',
  'ec2.DescribeImageAttribute': 'ec2:DescribeImageAttribute',
  'ec2.DescribeImages': 'ec2:DescribeImages',
  'ec2.DescribeRegions': 'ec2:DescribeRegions',
  'ec2.GetEbsEncryptionByDefault': 'ec2:GetEbsEncryptionByDefault',
  'ec2.GetImageBlockPublicAccessState': 'ec2:GetImageBlockPublicAccessState',
  'ec2.GetInstanceMetadataDefaults': 'ec2:GetInstanceMetadataDefaults',
  'ec2.GetSerialConsoleAccessStatus': 'ec2:GetSerialConsoleAccessStatus',
  'ec2.GetSnapshotBlockPublicAccessState': 'ec2:GetSnapshotBlockPublicAccessState',
  'iam.GenerateCredentialReport': 'iam:GenerateCredentialReport',
  'iam.GetAccountAuthorizationDetails': 'iam:GetAccountAuthorizationDetails',
  'iam.GetAccountPasswordPolicy': 'iam:GetAccountPasswordPolicy',
  'iam.GetAccountSummary': 'iam:GetAccountSummary',
  'iam.GetCredentialReport': 'iam:GetCredentialReport',
  'iam.ListOpenIDConnectProviders': 'iam:ListOpenIDConnectProviders',
  'iam.ListSAMLProviders': 'iam:ListSAMLProviders',
  'iam.ListSSHPublicKeys': 'iam:ListSSHPublicKeys',
  'iam.ListServiceSpecificCredentials': 'iam:ListServiceSpecificCredentials',
  's3-control.GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
} as const;

/** The actions of {@link MEMBER_CALLS}, sorted. */
export function memberActions(): string[] {
  return [...new Set(Object.values<string | readonly string[]>(MEMBER_CALLS).flat())].sort();
}

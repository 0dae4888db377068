/**
 * Known ways from some permissions to more, as https://pathfinding.cloud lists them, and those of Rhino Security
 * Labs among them: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 */
export interface EscalationPath {
  /** What it is called in the list, or what it does. */
  readonly path: string;
  /** The action that must be denied, so that the whole path ends. */
  readonly action: string;
  /** Resources on which it must be denied. `ACCOUNT` is the ID of the account. */
  readonly on: readonly string[];
  /**
   * Keys of the request.
   * @default {}
   */
  readonly context?: Readonly<Record<string, string>>;
}

const iam = (resource: string) => `arn:aws:iam::ACCOUNT:${resource}`;
const ADMIN_ROLE = iam('role/admin');
const ME = iam('user/dave');
const OTHER = iam('user/alice');
const ADMIN_POLICY = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ADMIN = { 'iam:PolicyARN': ADMIN_POLICY };
const BOUNDARY = iam('policy/AccountBaseline-Delegated');
const NO_BOUNDARY = iam('policy/own');
const FIRST_PASSWORD =
  'arn:aws:secretsmanager:us-east-1:ACCOUNT:secret:AdminAccessalicePassword-1A2B3C4D-a1b2c3';
const CDK_DEPLOY = iam('role/cdk-hnb659fds-deploy-role-ACCOUNT-eu-west-1');

const passes = (path: string, service: string): EscalationPath => ({
  path,
  action: 'iam:PassRole',
  on: [ADMIN_ROLE, iam('role/service-role/admin'), iam('role/AccountBaseline-site-deploy')],
  context: { 'iam:PassedToService': service },
});

export const ESCALATION_PATHS: readonly EscalationPath[] = [
  // A role with more rights is passed to a service.
  passes('apprunner-001 AppRunner', 'tasks.apprunner.amazonaws.com'),
  passes('bedrock-001 Bedrock AgentCore', 'bedrock-agentcore.amazonaws.com'),
  passes('cloudformation-001 and 005 CloudFormation', 'cloudformation.amazonaws.com'),
  passes('codebuild-001 and 004 CodeBuild', 'codebuild.amazonaws.com'),
  passes('datapipeline-001 Data Pipeline', 'datapipeline.amazonaws.com'),
  passes('ec2-001 and 003 EC2', 'ec2.amazonaws.com'),
  passes('ecs-001 to 005 ECS', 'ecs-tasks.amazonaws.com'),
  passes('glue-001 and 003 to 006 Glue', 'glue.amazonaws.com'),
  passes('lambda-001, 002 and 006 Lambda', 'lambda.amazonaws.com'),
  passes('sagemaker-001 to 003 SageMaker', 'sagemaker.amazonaws.com'),
  passes('Step Functions', 'states.amazonaws.com'),
  passes('EventBridge Scheduler', 'scheduler.amazonaws.com'),
  passes('EKS Pod Identity', 'pods.eks.amazonaws.com'),
  { path: 'cloudformation-003 stack sets', action: 'cloudformation:CreateStackSet', on: ['*'] },
  {
    path: 'cloudformation-004 stack sets',
    action: 'cloudformation:UpdateStackSet',
    on: ['arn:aws:cloudformation:eu-west-1:ACCOUNT:stackset/admin:1'],
  },

  // Policies are changed.
  {
    path: 'iam-001 and 016 a new version of a policy',
    action: 'iam:CreatePolicyVersion',
    on: [iam('policy/own'), BOUNDARY],
  },
  {
    path: 'an old version of a policy',
    action: 'iam:SetDefaultPolicyVersion',
    on: [iam('policy/own'), BOUNDARY],
  },
  { path: 'the boundary is deleted', action: 'iam:DeletePolicy', on: [BOUNDARY] },
  {
    path: 'iam-005 and 017 a policy in a role',
    action: 'iam:PutRolePolicy',
    on: [ADMIN_ROLE, iam('role/AccountBaseline-site-plan')],
  },
  {
    path: 'a policy in a role with another boundary',
    action: 'iam:PutRolePolicy',
    on: [ADMIN_ROLE, iam('role/delegated/app')],
    context: { 'iam:PermissionsBoundary': NO_BOUNDARY },
  },
  {
    path: 'a policy in a delegated role without a boundary',
    action: 'iam:PutRolePolicy',
    on: [iam('role/delegated/app')],
  },
  { path: 'iam-007 and 018 a policy in a user', action: 'iam:PutUserPolicy', on: [ME, OTHER] },
  {
    path: 'a policy in the own user, which has the boundary',
    action: 'iam:PutUserPolicy',
    on: [ME],
    context: { 'iam:PermissionsBoundary': BOUNDARY },
  },
  {
    path: 'iam-008 and 015 a policy for a user',
    action: 'iam:AttachUserPolicy',
    on: [ME, OTHER],
    context: ADMIN,
  },
  {
    path: 'iam-009, 014 and 019 a policy for a role',
    action: 'iam:AttachRolePolicy',
    on: [ADMIN_ROLE, iam('role/delegated/app')],
    context: ADMIN,
  },
  {
    path: 'iam-010 a policy for a group',
    action: 'iam:AttachGroupPolicy',
    on: [iam('group/developers')],
    context: ADMIN,
  },
  {
    path: 'iam-011 a policy in a group',
    action: 'iam:PutGroupPolicy',
    on: [iam('group/developers'), iam('group/Administrators')],
  },
  {
    path: 'iam-013 a group with more rights',
    action: 'iam:AddUserToGroup',
    on: [iam('group/Administrators')],
  },
  {
    path: 'a policy is taken away that denies',
    action: 'iam:DetachRolePolicy',
    on: [ADMIN_ROLE, iam('role/delegated/app')],
  },
  { path: 'a policy is deleted that denies', action: 'iam:DeleteUserPolicy', on: [ME] },

  // The boundary is removed or exchanged.
  {
    path: 'a boundary is removed from a role',
    action: 'iam:DeleteRolePermissionsBoundary',
    on: [iam('role/delegated/app'), ADMIN_ROLE],
  },
  {
    path: 'a boundary is removed from a user',
    action: 'iam:DeleteUserPermissionsBoundary',
    on: [ME, iam('user/delegated/app')],
  },
  {
    path: 'a boundary is exchanged',
    action: 'iam:PutUserPermissionsBoundary',
    on: [ME, iam('user/delegated/app')],
    context: { 'iam:PermissionsBoundary': ADMIN_POLICY },
  },
  {
    path: 'a boundary of a role is exchanged',
    action: 'iam:PutRolePermissionsBoundary',
    on: [iam('role/delegated/app')],
    context: { 'iam:PermissionsBoundary': ADMIN_POLICY },
  },
  {
    path: 'a role without a boundary',
    action: 'iam:CreateRole',
    on: [iam('role/app'), iam('role/delegated/app')],
  },
  {
    path: 'a role with another boundary',
    action: 'iam:CreateRole',
    on: [iam('role/delegated/app')],
    context: { 'iam:PermissionsBoundary': ADMIN_POLICY },
  },
  {
    path: 'a role with the boundary, but another path',
    action: 'iam:CreateRole',
    on: [iam('role/app'), iam('role/cdk-x')],
    context: { 'iam:PermissionsBoundary': BOUNDARY },
  },
  {
    path: 'a user without a boundary',
    action: 'iam:CreateUser',
    on: [iam('user/eve'), iam('user/delegated/eve')],
  },
  { path: 'a user is moved to the path', action: 'iam:UpdateUser', on: [OTHER, ME] },

  // The credentials of others.
  { path: 'iam-002, 003, 015 and 018 an access key', action: 'iam:CreateAccessKey', on: [OTHER, ME] },
  { path: 'iam-004 a password', action: 'iam:CreateLoginProfile', on: [OTHER, iam('user/delegated/app')] },
  { path: 'iam-006 another password', action: 'iam:UpdateLoginProfile', on: [OTHER, ME] },
  {
    path: 'a first-time password that nobody used',
    action: 'secretsmanager:GetSecretValue',
    on: [FIRST_PASSWORD],
  },
  {
    path: 'the policy that protects a first-time password',
    action: 'secretsmanager:DeleteResourcePolicy',
    on: [FIRST_PASSWORD],
  },
  { path: 'another MFA device', action: 'iam:DeactivateMFADevice', on: [OTHER] },
  { path: 'a password for a service', action: 'iam:CreateServiceSpecificCredential', on: [OTHER] },
  { path: 'a certificate for signing', action: 'iam:UploadSigningCertificate', on: [OTHER] },
  {
    path: 'iam-012 and 019 to 021 the trust of a role',
    action: 'iam:UpdateAssumeRolePolicy',
    on: [ADMIN_ROLE, iam('role/AccountBaseline-site-deploy')],
  },
  {
    path: 'sts-001 a role that trusts the account',
    action: 'sts:AssumeRole',
    on: [ADMIN_ROLE, CDK_DEPLOY, iam('role/OrganizationAccountAccessRole')],
  },
  {
    path: 'a role of another account',
    action: 'sts:AssumeRole',
    on: ['arn:aws:iam::999999999999:role/admin'],
  },
  { path: 'root of another account', action: 'sts:AssumeRoot', on: ['arn:aws:iam::999999999999:root'] },

  // Other ways in.
  {
    path: 'a provider of identities',
    action: 'iam:CreateOpenIDConnectProvider',
    on: [iam('oidc-provider/evil.example')],
  },
  {
    path: 'another audience',
    action: 'iam:AddClientIDToOpenIDConnectProvider',
    on: [iam('oidc-provider/token.actions.githubusercontent.com')],
  },
  { path: 'other metadata', action: 'iam:UpdateSAMLProvider', on: [iam('saml-provider/Corp')] },
  { path: 'a certificate authority', action: 'rolesanywhere:CreateTrustAnchor', on: ['*'] },
  {
    path: 'a permission set',
    action: 'sso:AttachManagedPolicyToPermissionSet',
    on: ['arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-1111111111111111'],
  },
  { path: 'an assignment', action: 'sso:CreateAccountAssignment', on: ['arn:aws:sso:::account/ACCOUNT'] },
  {
    path: 'a member of a group',
    action: 'identitystore:CreateGroupMembership',
    on: ['arn:aws:identitystore::ACCOUNT:identitystore/d-1234567890'],
  },
  {
    path: 'a policy of the organization',
    action: 'organizations:DetachPolicy',
    on: ['arn:aws:organizations::ACCOUNT:account/o-1234567890/ACCOUNT'],
  },

  // The baseline itself, through CloudFormation too.
  {
    path: 'cloudformation-002 and 005 a stack of the baseline',
    action: 'cloudformation:UpdateStack',
    on: ['arn:aws:cloudformation:eu-west-1:ACCOUNT:stack/AccountBaseline-Access/1'],
  },
  {
    path: 'a change set of the baseline',
    action: 'cloudformation:ExecuteChangeSet',
    on: ['arn:aws:cloudformation:eu-west-1:ACCOUNT:stack/AccountBaseline-Access/1'],
  },
  {
    path: 'lambda-003 to 005 a function of the baseline',
    action: 'lambda:UpdateFunctionCode',
    on: [
      'arn:aws:lambda:us-east-1:ACCOUNT:function:AccountBaseline-Settings-PasswordPolicyFunction-1A2B3C4D5E6F',
    ],
  },
  {
    path: 'a function of the baseline is called',
    action: 'lambda:InvokeFunction',
    on: [
      'arn:aws:lambda:us-east-1:ACCOUNT:function:AccountBaseline-Settings-PasswordPolicyFunction-1A2B3C4D5E6F',
    ],
  },
  {
    path: 'the trail',
    action: 'cloudtrail:StopLogging',
    on: ['arn:aws:cloudtrail:us-east-1:ACCOUNT:trail/account-baseline'],
  },
  {
    path: 'the log files',
    action: 's3:DeleteObject',
    on: ['arn:aws:s3:::accountbaseline-audit-bucket/AWSLogs/file'],
  },
];

/** What role makers must be able to do. */
export const STILL_POSSIBLE: readonly EscalationPath[] = [
  {
    path: 'create a role with the boundary',
    action: 'iam:CreateRole',
    on: [iam('role/delegated/app')],
    context: { 'iam:PermissionsBoundary': BOUNDARY },
  },
  {
    path: 'give it a policy',
    action: 'iam:PutRolePolicy',
    on: [iam('role/delegated/app')],
    context: { 'iam:PermissionsBoundary': BOUNDARY },
  },
  {
    path: 'give it a managed policy',
    action: 'iam:AttachRolePolicy',
    on: [iam('role/delegated/app')],
    context: { 'iam:PermissionsBoundary': BOUNDARY, ...ADMIN },
  },
  {
    path: 'pass it to Lambda',
    action: 'iam:PassRole',
    on: [iam('role/delegated/app')],
    context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
  },
  { path: 'assume it', action: 'sts:AssumeRole', on: [iam('role/delegated/app')] },
  { path: 'change its trust', action: 'iam:UpdateAssumeRolePolicy', on: [iam('role/delegated/app')] },
  { path: 'delete it', action: 'iam:DeleteRole', on: [iam('role/delegated/app')] },
  {
    path: 'create a user with the boundary',
    action: 'iam:CreateUser',
    on: [iam('user/delegated/app')],
    context: { 'iam:PermissionsBoundary': BOUNDARY },
  },
  { path: 'create its access key', action: 'iam:CreateAccessKey', on: [iam('user/delegated/app')] },
  {
    path: 'create an instance profile',
    action: 'iam:CreateInstanceProfile',
    on: [iam('instance-profile/delegated/app')],
  },
  {
    path: 'put the role into it',
    action: 'iam:AddRoleToInstanceProfile',
    on: [iam('instance-profile/delegated/app')],
  },
  { path: 'read a role', action: 'iam:GetRole', on: [ADMIN_ROLE] },
];

/** What role makers can do by their other policies, if the boundary lets them. */
export const WITH_OTHER_POLICIES: readonly EscalationPath[] = [
  {
    path: 'create a function',
    action: 'lambda:CreateFunction',
    on: ['arn:aws:lambda:us-east-1:ACCOUNT:function:app'],
  },
  {
    path: 'create a stack',
    action: 'cloudformation:CreateStack',
    on: ['arn:aws:cloudformation:us-east-1:ACCOUNT:stack/app/1'],
  },
  { path: 'create a bucket', action: 's3:CreateBucket', on: ['arn:aws:s3:::app'] },
  {
    path: 'start an instance',
    action: 'ec2:RunInstances',
    on: ['arn:aws:ec2:us-east-1:ACCOUNT:instance/i-0123456789abcdef0'],
  },
];

/** Something that others created, with a role that has more rights. */
const theirs = (path: string, action: string, resource: string): EscalationPath => ({
  path,
  action,
  on: [`arn:aws:${action.split(':')[0] ?? ''}:us-east-1:ACCOUNT:${resource}`],
});

/**
 * Paths of the same list that no boundary prevents, because the request does not say whose role works in the
 * end. docs/federation.md says so.
 */
export const NOT_PREVENTED: readonly EscalationPath[] = [
  theirs('apprunner-002', 'apprunner:UpdateService', 'service/theirs/0123456789abcdef0123456789abcdef'),
  theirs(
    'bedrock-002',
    'bedrock-agentcore:InvokeCodeInterpreter',
    'code-interpreter-custom/theirs-0123456789',
  ),
  theirs('cloudformation-002, a stack with a role', 'cloudformation:UpdateStack', 'stack/theirs/1'),
  theirs('codebuild-002', 'codebuild:StartBuild', 'project/theirs'),
  theirs('codebuild-003', 'codebuild:StartBuildBatch', 'project/theirs'),
  theirs('ec2-002', 'ec2:ModifyInstanceAttribute', 'instance/i-0123456789abcdef0'),
  theirs('ec2-004', 'ec2:ModifyLaunchTemplate', 'launch-template/lt-0123456789abcdef0'),
  {
    path: 'ec2instanceconnect-003',
    action: 'ec2-instance-connect:SendSSHPublicKey',
    on: ['arn:aws:ec2:us-east-1:ACCOUNT:instance/i-0123456789abcdef0'],
  },
  theirs('glue-002', 'glue:UpdateDevEndpoint', 'devEndpoint/theirs'),
  theirs('lambda-003 to 005', 'lambda:UpdateFunctionCode', 'function:theirs'),
  theirs('sagemaker-004', 'sagemaker:CreatePresignedNotebookInstanceUrl', 'notebook-instance/theirs'),
  theirs('sagemaker-005', 'sagemaker:UpdateNotebookInstance', 'notebook-instance/theirs'),
  {
    path: 'ssm-001',
    action: 'ssm:StartSession',
    on: ['arn:aws:ec2:us-east-1:ACCOUNT:instance/i-0123456789abcdef0'],
  },
  {
    path: 'ssm-002',
    action: 'ssm:SendCommand',
    on: ['arn:aws:ec2:us-east-1:ACCOUNT:instance/i-0123456789abcdef0'],
  },
];

import type { BaselineOptions } from '../../lib/config/config';
import { Match } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';
import { RIGHTS_OF } from '../../lib/access/person-roles';
import { ROLE_MODE } from '../../scripts/docs/access-rows/people-roles';
import { ALICE, WITH_MFA } from '../../scripts/docs/access-rows/request';
import { decide } from '../access/simulator';
import { ACCOUNT, templatePolicies, type TemplatePolicies } from '../access/template-policies';
import { EVERYTHING } from '../everything';
import { baselineTemplate, stackTemplate } from '../synth';

type Pipelines = NonNullable<NonNullable<BaselineOptions['federation']>['pipelines']>;

const IDS = { owner: '111', repository: '222' };
const WORKFLOW = 'acme/ci/.github/workflows/deploy.yml@refs/heads/main';

const policiesOf = (pipelines: Pipelines, more: Partial<BaselineOptions> = {}) =>
  templatePolicies(stackTemplate('Pipelines', { ...more, federation: { pipelines } }));

/** Repositories of every kind, and what else can sign a pipeline in. */
const ALL = policiesOf({
  github: [
    { repository: 'acme/old', deploy: { environment: 'production' } },
    { repository: 'acme/new', ids: IDS, deploy: { environment: 'production' } },
    { repository: 'acme/branch', deploy: { branch: 'main' }, verify: { branch: 'main' } },
    { repository: 'acme/both', deploy: { environment: 'production', branch: 'main', workflow: WORKFLOW } },
  ],
  gitlab: [
    { project: 'acme/tools/site', deploy: { branch: 'main' } },
    { project: 'acme/own', host: 'gitlab.example.com', deploy: { branch: 'main' } },
  ],
  others: [
    {
      name: 'terraform',
      issuer: 'https://app.terraform.io',
      plan: { sub: ['organization:acme:project:web:*'] },
      deploy: { sub: ['organization:acme:project:web:workspace:live:run_phase:apply'] },
    },
  ],
});
const GOVERNMENT = policiesOf(
  { github: [{ repository: 'acme/new', ids: IDS, deploy: { environment: 'production' } }] },
  { region: 'us-gov-west-1' },
);

test('a pipeline can have several customer managed policies, and so can its plans', () => {
  const own = (name: string) => `arn:aws:iam::${ACCOUNT}:policy/${name}`;
  const template = stackTemplate('Pipelines', {
    federation: {
      pipelines: {
        others: [
          {
            name: 'terraform',
            issuer: 'https://app.terraform.io',
            plan: { sub: ['plan'] },
            deploy: { sub: ['apply'] },
            rights: {
              plan: [own('Plan'), own('List'), 'ReadOnlyAccess'],
              deploy: [own('Apply'), own('List')],
            },
          },
        ],
      },
    },
  });
  const arns = (RoleName: string) =>
    Object.values(template.findResources('AWS::IAM::Role', { Properties: { RoleName } })).map(
      (role) => (role as { Properties: { ManagedPolicyArns: unknown[] } }).Properties.ManagedPolicyArns,
    );
  expect(arns('AccountBaseline-terraform-deploy')).toEqual([[own('Apply'), own('List')]]);
  expect(arns('AccountBaseline-terraform-plan')).toEqual([[own('Plan'), own('List'), expect.anything()]]);
});

type Claims = Readonly<Record<string, string>>;

/** What STS answers to a token. */
async function assume(role: string, claims: Claims, token: Partial<Token> = {}): Promise<string> {
  const { issuer, account, policies } = { ...TOKEN, ...token };
  const context = Object.entries({ aud: 'sts.amazonaws.com', ...claims });
  return decide(
    policies,
    {
      who: `arn:aws:iam::${account}:oidc-provider/${issuer}`,
      on: `arn:aws:iam::${ACCOUNT}:role/AccountBaseline-${role}`,
      context: Object.fromEntries(context.map(([claim, value]) => [`${issuer}:${claim}`, value])),
    },
    'sts:AssumeRoleWithWebIdentity',
  );
}

interface Token {
  readonly issuer: string;
  /** Account of the provider. */
  readonly account: string;
  readonly policies: TemplatePolicies;
}
const TOKEN: Token = { issuer: 'token.actions.githubusercontent.com', account: ACCOUNT, policies: ALL };
const GITLAB = { issuer: 'gitlab.com' };
const OWN_GITLAB = { issuer: 'gitlab.example.com' };
const TERRAFORM = { issuer: 'app.terraform.io' };

const PRODUCTION = 'environment:production';
const MAIN = 'ref:refs/heads/main';

/** A token, the role that it asks for, and whether it gets in. */
type Row = readonly [what: string, role: string, claims: Claims, token?: Partial<Token>];

const RIGHT: readonly Row[] = [
  ['a pull request', 'old-plan', { sub: 'repo:acme/old:pull_request' }],
  ['the environment', 'old-deploy', { sub: `repo:acme/old:${PRODUCTION}` }],
  [
    'a pull request, by the subject with IDs',
    'new-plan',
    { sub: 'repo:acme@111/new@222:pull_request', repository_id: '222' },
  ],
  [
    'the environment, by the subject with IDs',
    'new-deploy',
    { sub: `repo:acme@111/new@222:${PRODUCTION}`, repository_id: '222' },
  ],
  [
    'the environment, by the subject with names',
    'new-deploy',
    { sub: `repo:acme/new:${PRODUCTION}`, repository_id: '222' },
  ],
  [
    'the environment where STS does not check the ID',
    'new-deploy',
    { sub: `repo:acme@111/new@222:${PRODUCTION}` },
    { policies: GOVERNMENT },
  ],
  ['the branch', 'branch-deploy', { sub: `repo:acme/branch:${MAIN}` }],
  ['a schedule, which runs on the branch', 'branch-verify', { sub: `repo:acme/branch:${MAIN}` }],
  [
    'the environment on the branch, by the workflow',
    'both-deploy',
    { sub: `repo:acme/both:${PRODUCTION}`, ref: 'refs/heads/main', job_workflow_ref: WORKFLOW },
  ],
  [
    'any branch of GitLab',
    'site-plan',
    { sub: 'project_path:acme/tools/site:ref_type:branch:ref:a/b' },
    GITLAB,
  ],
  [
    'the branch of GitLab',
    'site-deploy',
    { sub: 'project_path:acme/tools/site:ref_type:branch:ref:main' },
    GITLAB,
  ],
  [
    'the branch of an own GitLab',
    'own-deploy',
    { sub: 'project_path:acme/own:ref_type:branch:ref:main' },
    OWN_GITLAB,
  ],
  [
    'a plan of Terraform Cloud',
    'terraform-plan',
    { sub: 'organization:acme:project:web:workspace:live:run_phase:plan' },
    TERRAFORM,
  ],
  [
    'an apply of Terraform Cloud',
    'terraform-deploy',
    { sub: 'organization:acme:project:web:workspace:live:run_phase:apply' },
    TERRAFORM,
  ],
];

const FORGED: readonly Row[] = [
  ['a pull request that would verify', 'branch-verify', { sub: 'repo:acme/branch:pull_request' }],
  ['another branch that would verify', 'branch-verify', { sub: 'repo:acme/branch:ref:refs/heads/fix' }],
  ['no subject', 'old-deploy', {}],
  ['another audience', 'old-deploy', { sub: `repo:acme/old:${PRODUCTION}`, aud: 'https://github.com/acme' }],
  ['another audience for a plan', 'old-plan', { sub: 'repo:acme/old:pull_request', aud: 'sigstore' }],
  ['another owner', 'old-deploy', { sub: `repo:evil/old:${PRODUCTION}` }],
  ['another repository', 'old-deploy', { sub: `repo:acme/other:${PRODUCTION}` }],
  ['a repository whose name begins alike', 'old-deploy', { sub: `repo:acme/old-fork:${PRODUCTION}` }],
  ['an owner whose name ends alike', 'old-deploy', { sub: `repo:not-acme/old:${PRODUCTION}` }],
  ['another spelling of the repository', 'old-deploy', { sub: `repo:Acme/Old:${PRODUCTION}` }],
  ['the workflow of a fork', 'old-plan', { sub: 'repo:evil/old:pull_request' }],
  ['a pull request that would deploy', 'old-deploy', { sub: 'repo:acme/old:pull_request' }],
  ['a branch without the environment', 'old-deploy', { sub: `repo:acme/old:${MAIN}` }],
  ['another environment', 'old-deploy', { sub: 'repo:acme/old:environment:staging' }],
  ['an environment whose name begins alike', 'old-deploy', { sub: `repo:acme/old:${PRODUCTION}-2` }],
  ['a name with a wildcard', 'old-deploy', { sub: `repo:acme/*:${PRODUCTION}` }],
  ['wildcards alone', 'old-deploy', { sub: '*' }],
  ['a subject with IDs, where none are configured', 'old-deploy', { sub: `repo:acme@9/old@9:${PRODUCTION}` }],
  ['a deployment that would plan', 'old-plan', { sub: `repo:acme/old:${PRODUCTION}` }],
  [
    'another repository ID in the subject',
    'new-deploy',
    { sub: `repo:acme@111/new@333:${PRODUCTION}`, repository_id: '333' },
  ],
  [
    'another owner ID in the subject',
    'new-deploy',
    { sub: `repo:acme@999/new@222:${PRODUCTION}`, repository_id: '222' },
  ],
  [
    'a taken-over name with another repository ID',
    'new-deploy',
    { sub: `repo:acme/new:${PRODUCTION}`, repository_id: '333' },
  ],
  ['a taken-over name without an ID', 'new-deploy', { sub: `repo:acme/new:${PRODUCTION}` }],
  ['another repository with that ID in its name', 'new-plan', { sub: 'repo:acme@111/new@2222:pull_request' }],
  [
    'names alone, where STS does not check the ID',
    'new-deploy',
    { sub: `repo:acme/new:${PRODUCTION}` },
    { policies: GOVERNMENT },
  ],
  ['another branch', 'branch-deploy', { sub: 'repo:acme/branch:ref:refs/heads/feature' }],
  ['a branch whose name begins alike', 'branch-deploy', { sub: `repo:acme/branch:${MAIN}-2` }],
  ['a tag named like the branch', 'branch-deploy', { sub: 'repo:acme/branch:ref:refs/tags/main' }],
  ['a pull request into the branch', 'branch-deploy', { sub: 'repo:acme/branch:pull_request' }],
  ['an environment named like the branch', 'branch-deploy', { sub: 'repo:acme/branch:environment:main' }],
  [
    'the environment on another branch',
    'both-deploy',
    { sub: `repo:acme/both:${PRODUCTION}`, ref: 'refs/heads/evil', job_workflow_ref: WORKFLOW },
  ],
  [
    'the environment by another workflow',
    'both-deploy',
    {
      sub: `repo:acme/both:${PRODUCTION}`,
      ref: 'refs/heads/main',
      job_workflow_ref: 'acme/both/.github/workflows/deploy.yml@refs/heads/main',
    },
  ],
  [
    'the environment without a workflow',
    'both-deploy',
    { sub: `repo:acme/both:${PRODUCTION}`, ref: 'refs/heads/main' },
  ],
  [
    'the provider of another account',
    'old-deploy',
    { sub: `repo:acme/old:${PRODUCTION}` },
    { account: '999999999999' },
  ],
  ['the same subject of another issuer', 'old-deploy', { sub: `repo:acme/old:${PRODUCTION}` }, GITLAB],
  ['another role of the account', 'site-deploy', { sub: `repo:acme/old:${PRODUCTION}` }],
  ['a fork on GitLab', 'site-plan', { sub: 'project_path:evil/site:ref_type:branch:ref:main' }, GITLAB],
  [
    'a subgroup on GitLab',
    'site-plan',
    { sub: 'project_path:acme/tools/site/x:ref_type:branch:ref:main' },
    GITLAB,
  ],
  ['a tag on GitLab', 'site-plan', { sub: 'project_path:acme/tools/site:ref_type:tag:ref:main' }, GITLAB],
  [
    'another branch on GitLab',
    'site-deploy',
    { sub: 'project_path:acme/tools/site:ref_type:branch:ref:x' },
    GITLAB,
  ],
  [
    'gitlab.com instead of the own GitLab',
    'own-deploy',
    { sub: 'project_path:acme/own:ref_type:branch:ref:main' },
    GITLAB,
  ],
  [
    'the own GitLab instead of gitlab.com',
    'site-deploy',
    { sub: 'project_path:acme/tools/site:ref_type:branch:ref:main' },
    OWN_GITLAB,
  ],
  [
    'another organization',
    'terraform-plan',
    { sub: 'organization:evil:project:web:workspace:live:run_phase:plan' },
    TERRAFORM,
  ],
  [
    'another project',
    'terraform-plan',
    { sub: 'organization:acme:project:web2:workspace:live:run_phase:plan' },
    TERRAFORM,
  ],
  [
    'a plan that would deploy',
    'terraform-deploy',
    { sub: 'organization:acme:project:web:workspace:live:run_phase:plan' },
    TERRAFORM,
  ],
];

const answers = (rows: readonly Row[]) =>
  Promise.all(
    rows.map(async ([what, role, claims, token]) => [what, role, await assume(role, claims, token)]),
  );

test('the right tokens open their role', async () => {
  expect(await answers(RIGHT)).toEqual(RIGHT.map(([what, role]) => [what, role, 'yes']));
});

test('forged tokens, and right ones of others, open nothing', async () => {
  expect(await answers(FORGED)).toEqual(FORGED.map(([what, role]) => [what, role, 'no']));
});

test('nobody can assume the roles but with a token: neither administrators nor services', async () => {
  for (const who of [`arn:aws:iam::${ACCOUNT}:user/alice`, `arn:aws:iam::${ACCOUNT}:role/worker`]) {
    const on = `arn:aws:iam::${ACCOUNT}:role/AccountBaseline-old-deploy`;
    expect([who, await decide(ALL, { who, on }, 'sts:AssumeRole')]).toEqual([who, 'no']);
  }
});

/** What a role of a pipeline may do. */
const RIGHTS = policiesOf({
  github: [
    { repository: 'acme/app', deploy: { branch: 'main' } },
    { repository: 'acme/account', rights: 'baseline', deploy: { branch: 'main' } },
  ],
});
const STACK = `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/AccountBaseline-Access/1`;
const cdkRole = (name: string, qualifier = 'hnb659fds', account = ACCOUNT) =>
  `arn:aws:iam::${account}:role/cdk-${qualifier}-${name}-role-${account}-eu-west-1`;
const THROUGH = { 'aws:CalledVia': ['cloudformation.amazonaws.com'], 'aws:ViaAWSService': 'true' };
const THROUGH_ATHENA = { 'aws:CalledVia': ['athena.amazonaws.com'], 'aws:ViaAWSService': 'true' };

const ROWS: readonly (readonly [
  role: string,
  may: 'yes' | 'no',
  action: string,
  on: string,
  context?: Readonly<Record<string, string | string[]>>,
])[] = [
  ['app-plan', 'yes', 'sts:AssumeRole', cdkRole('lookup')],
  ['app-plan', 'no', 'sts:AssumeRole', cdkRole('deploy')],
  ['app-plan', 'no', 'sts:AssumeRole', cdkRole('cfn-exec')],
  ['app-deploy', 'yes', 'sts:AssumeRole', cdkRole('deploy')],
  ['app-deploy', 'yes', 'sts:AssumeRole', cdkRole('file-publishing')],
  ['app-deploy', 'yes', 'sts:AssumeRole', cdkRole('image-publishing')],
  ['app-deploy', 'no', 'sts:AssumeRole', cdkRole('cfn-exec')],
  ['app-deploy', 'no', 'sts:AssumeRole', cdkRole('deploy', 'other')],
  ['app-deploy', 'no', 'sts:AssumeRole', cdkRole('deploy', 'hnb659fds', '999999999999')],
  ['app-deploy', 'no', 's3:GetObject', 'arn:aws:s3:::acme/file'],
  ['account-plan', 'yes', 'cloudformation:GetTemplate', STACK],
  ['account-plan', 'no', 'cloudformation:GetTemplate', STACK.replace('AccountBaseline', 'Other')],
  ['account-plan', 'no', 'cloudformation:CreateChangeSet', STACK],
  ['account-plan', 'no', 'iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/eve`, THROUGH],
  ['account-deploy', 'yes', 'cloudformation:CreateChangeSet', STACK],
  ['account-deploy', 'yes', 'cloudformation:ExecuteChangeSet', STACK],
  ['account-deploy', 'no', 'cloudformation:DeleteStack', STACK],
  ['account-deploy', 'no', 'cloudformation:SetStackPolicy', STACK],
  ['account-deploy', 'no', 'cloudformation:CreateChangeSet', STACK.replace('AccountBaseline', 'Other')],
  ['account-deploy', 'yes', 'iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/alice`, THROUGH],
  ['account-deploy', 'no', 'iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/alice`],
  ['account-deploy', 'no', 'iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/alice`, THROUGH_ATHENA],
  ['account-deploy', 'no', 'sts:AssumeRole', cdkRole('deploy')],
];

test('the roles may do what they are for, and nothing else', async () => {
  const answers = ROWS.map(async ([role, , action, on, context]) => {
    const who = `arn:aws:iam::${ACCOUNT}:role/AccountBaseline-${role}`;
    return [role, await decide(RIGHTS, { who, on, context }, action), action, on];
  });
  expect(await Promise.all(answers)).toEqual(ROWS.map(([role, may, action, on]) => [role, may, action, on]));
});

describe('a provider', () => {
  const template = (pipelines: Pipelines) => stackTemplate('Pipelines', { federation: { pipelines } });
  const twoOfGitHub: Pipelines = { github: [{ repository: 'acme/a' }, { repository: 'acme/b' }] };

  test('is created once for each issuer, for one audience, without thumbprints', () => {
    template(twoOfGitHub).resourceCountIs('AWS::IAM::OIDCProvider', 1);
    template(twoOfGitHub).hasResourceProperties('AWS::IAM::OIDCProvider', {
      Url: 'https://token.actions.githubusercontent.com',
      ClientIdList: ['sts.amazonaws.com'],
      ThumbprintList: Match.absent(),
    });
  });

  test('that the account has is used by its ARN', () => {
    const existingProviders = ['https://token.actions.githubusercontent.com'];
    const existing = template({ ...twoOfGitHub, existingProviders });
    existing.resourceCountIs('AWS::IAM::OIDCProvider', 0);
    existing.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: {
              Federated: {
                'Fn::Sub':
                  'arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com',
              },
            },
          }),
        ],
      },
    });
  });

  test.each([
    ['iam:AddClientIDToOpenIDConnectProvider', 'oidc-provider/token.actions.githubusercontent.com'],
    ['iam:UpdateOpenIDConnectProviderThumbprint', 'oidc-provider/token.actions.githubusercontent.com'],
    ['iam:DeleteOpenIDConnectProvider', 'oidc-provider/token.actions.githubusercontent.com'],
    ['iam:CreatePolicyVersion', 'policy/AccountBaseline-Pipelines-CdkPlanRights-1A2B3C4D5E6F'],
    ['iam:DeletePolicyVersion', 'policy/AccountBaseline-Pipelines-CdkPlanRights-1A2B3C4D5E6F'],
    ['iam:SetDefaultPolicyVersion', 'policy/AccountBaseline-Pipelines-CdkPlanRights-1A2B3C4D5E6F'],
    ['iam:UpdateAssumeRolePolicy', 'role/AccountBaseline-a-plan'],
    ['iam:AttachRolePolicy', 'role/AccountBaseline-a-plan'],
    ['iam:PutRolePolicy', 'role/AccountBaseline-a-plan'],
    ['iam:DeleteRole', 'role/AccountBaseline-a-plan'],
  ])(
    'and what belongs to it: %s on %s is denied to administrators outside CloudFormation',
    async (action, name) => {
      const suite = templatePolicies(baselineTemplate({ federation: { pipelines: twoOfGitHub } }));
      const request = { who: ALICE, on: `arn:aws:iam::${ACCOUNT}:${name}` };
      expect(await decide(suite, { ...request, context: WITH_MFA }, action)).toBe('no');
      expect(await decide(suite, { ...request, context: { ...WITH_MFA, ...THROUGH } }, action)).toBe('yes');
    },
  );

  test('may be deleted by an administrator if another program created it', async () => {
    const suite = templatePolicies(baselineTemplate({ federation: { pipelines: twoOfGitHub } }));
    const on = `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.example.com`;
    expect(
      await decide(suite, { who: ALICE, on, context: WITH_MFA }, 'iam:DeleteOpenIDConnectProvider'),
    ).toBe('yes');
  });
});

test('ten repositories with everything stay within the budget', () => {
  const template = stackTemplate('Pipelines', EVERYTHING).toJSON();
  expect(Buffer.byteLength(stringify(template, { schema: 'yaml-1.1', lineWidth: 0 }))).toBeLessThan(40_960);
});

test('roles whose names differ only in punctuation have outputs of their own', () => {
  const github = ['acme/a-b', 'acme/ab'].map((repository) => ({ repository, deploy: { branch: 'main' } }));
  const outputs = stackTemplate('Pipelines', { federation: { pipelines: { github } } }).findOutputs('*');
  expect(Object.keys(outputs).filter((name) => /^abDeploy/.test(name))).toEqual([
    'abDeployArn',
    'abDeploy2Arn',
  ]);
});

test('the role for verify reads what an auditor reads, and changes nothing', () => {
  const template = stackTemplate('Pipelines', {
    federation: {
      pipelines: { github: [{ repository: 'acme/site', plan: true, verify: { branch: 'main' } }] },
    },
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'AccountBaseline-site-verify',
    ManagedPolicyArns: [
      ...RIGHTS_OF.Auditor.managedPolicies.map((name) => ({
        'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}`,
      })),
      { Ref: 'PipelinesVerifyRights' },
    ],
  });
  const auditor = stackTemplate('Roles', ROLE_MODE).findResources('AWS::IAM::Policy')['RolesVerify'];
  const rights = template.findResources('AWS::IAM::ManagedPolicy')['PipelinesVerifyRights'];
  const documentOf = (resource?: Record<string, unknown>) =>
    (resource?.['Properties'] as { PolicyDocument?: unknown } | undefined)?.PolicyDocument;
  expect(documentOf(rights)).toBeDefined();
  expect(documentOf(rights)).toEqual(documentOf(auditor));
});

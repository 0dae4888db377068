import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CloudFormationServiceException,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  GetAccountAuthorizationDetailsCommand,
  GetContextKeysForPrincipalPolicyCommand,
  IAMClient,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetBucketPolicyCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import type { Explanation } from '../../../lib/explain/explain';
import { loadConfig } from '../../../lib/config/load-config';
import { ConfiguredStacks } from '../../../lib/explain/configured';
import { Clients } from '../../../lib/posture/clients';
import { fromAccount } from '../../../lib/posture/commands/explain';
import { main } from '../../../lib/posture/commands/main';
import type { Options } from '../../../lib/posture/commands/options';

const CONFIG = 'test/e2e/fixtures/baseline.config.ts';
const ACCOUNT = '210987654321';

const explain = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['bin/aws-account-baseline.mjs', 'explain', '--config', CONFIG, ...args],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command in this process, which knows the templates already. */
async function run(options: Partial<Options>): Promise<{ code: number; text: string }> {
  const output = join(folder, 'explanation');
  const code = await main('explain', [], { config: CONFIG, color: false, output, ...options });
  return { code, text: readFileSync(output, 'utf8') };
}

const asked = async (options: Partial<Options>) => {
  const { code, text } = await run({ json: true, ...options });
  return { ...(JSON.parse(text) as Explanation), code };
};

test('the templates answer without an account, in words, and the exit code says denied', () => {
  const { status, stdout, stderr } = explain(
    '--template',
    ...['--as', 'alice', '--can', 'cloudtrail:StopLogging', '--from', '203.0.113.7'],
  );
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toMatch(
    /^Denied: cloudtrail:StopLogging on arn:aws:cloudtrail:us-east-1:123456789012:trail\//,
  );
  expect(stdout).toMatch(
    /^ 1\. Principal {10}The user alice of the group Administrators, signed in with MFA$/m,
  );
  expect(stdout).toMatch(/^ 5\. Explicit denials {3}The statement DenyTampering in the policy/m);
  expect(stdout).toContain('What would have to change\n- Change the configuration and deploy it:');
  expect(stdout).toMatch(/\n\nNot included: /);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

describe('by the templates,', () => {
  const template = { template: true, as: 'alice', can: 'iam:CreateUser' };

  test('an allowed request exits with 0', async () => {
    expect(await asked(template)).toMatchObject({
      code: 0,
      decision: 'allowed',
      source: 'templates',
      decidedBy: [{ effect: 'Allow' }],
    });
  });

  test('a user without MFA, or with an access key, is denied what MFA allows', async () => {
    const [password, key, both] = [
      await asked({ ...template, withoutMfa: true }),
      await asked({ ...template, withAccessKey: true }),
      await asked({ ...template, can: 's3:PutBucketPolicy', throughCloudformation: true }),
    ];
    expect([password, key].map(({ decision }) => decision)).toEqual(['denied', 'denied']);
    expect(password.request.context).toMatchObject({ 'aws:MultiFactorAuthPresent': 'false' });
    expect(key.request.context).not.toHaveProperty('aws:MultiFactorAuthPresent');
    expect(both.request.context).toHaveProperty('aws:CalledVia');
  });

  test('a misspelled action is evaluated, as IAM does, and doubted', async () => {
    const { decision, limits } = await asked({ ...template, can: 'iam:CreateUsr' });
    expect(decision).toBe('allowed');
    expect(limits).toContain(
      'iam:CreateUsr may be misspelled: IAM allows and denies any name. Did you mean iam:CreateUser?',
    );
  });

  test.each(['iam:createuser', 'mediaconvert:CreateJob'])('%s is not doubted', async (can) => {
    expect((await asked({ ...template, can })).limits.join()).not.toContain('misspelled');
  });

  test('a resource can be named by its logical ID, and the Region and account by an option', async () => {
    const { request } = await asked({
      ...template,
      as: 'arn:aws:iam::999999999999:user/alice',
      can: 's3:PutObject',
      on: 'AuditTrailBucket/AWSLogs/x',
      region: 'eu-central-1',
    });
    expect(request.resource).toMatch(/^arn:aws:s3:::.*trailbucket.*\/AWSLogs\/x$/);
    expect(request.context).toMatchObject({
      'aws:PrincipalAccount': '999999999999',
      'aws:RequestedRegion': 'eu-central-1',
    });
  });

  test.each<[string, Partial<Options>, string]>([
    [
      'somebody who is not there',
      { as: 'alise' },
      `--as must be a user, role or group of ${CONFIG}, an ARN, an AWS service such as cloudtrail.amazonaws.com, or root; received "alise". Did you mean alice?`,
    ],
    [
      'nobody',
      { as: undefined },
      `--as must be a user, role or group of ${CONFIG}, an ARN, an AWS service such as cloudtrail.amazonaws.com, or root; received "". Did you mean bob?`,
    ],
    [
      'an action without a service',
      { can: 'CreateUser' },
      '--can must be one action, such as iam:CreateUser; received "CreateUser". Did you mean iam:CreateUser?',
    ],
    [
      'a resource that is none',
      { on: 'bucket' },
      '--on must be an ARN, * or a logical ID of the templates, such as Key; received "bucket"',
    ],
    [
      'an address that is none',
      { from: 'home' },
      '--from must be an IP address, such as 203.0.113.7; received "home"',
    ],
    [
      'two ways to sign in',
      { withoutMfa: true, withAccessKey: true },
      '--without-mfa and --with-access-key cannot be used together; use one of them',
    ],
    [
      'a service with an access key',
      { as: 'config.amazonaws.com', withAccessKey: true },
      '--with-access-key is for users; received the service config.amazonaws.com',
    ],
  ])('%s is a usage error', async (_, options, message) => {
    const said = jest.spyOn(console, 'error').mockImplementation();
    expect(await main('explain', [], { config: CONFIG, color: false, ...template, ...options })).toBe(2);
    expect(said.mock.calls).toEqual([[message]]);
    said.mockRestore();
  });
});

describe('with credentials,', () => {
  const iam = mockClient(IAMClient);
  const s3 = mockClient(S3Client);
  const sts = mockClient(STSClient);
  const cloudFormation = mockClient(CloudFormationClient);

  const encoded = (...Statement: object[]) =>
    encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement }));
  const ADMINISTRATORS = {
    GroupName: 'Administrators',
    Arn: `arn:aws:iam::${ACCOUNT}:group/Administrators`,
    AttachedManagedPolicies: [
      { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ],
    GroupPolicyList: [
      {
        PolicyName: 'Guard',
        PolicyDocument: encoded({
          Sid: 'DenyTampering',
          Effect: 'Deny',
          Action: 's3:PutBucketPolicy',
          Resource: 'arn:aws:s3:::guarded',
        }),
      },
    ],
  };
  const DETAILS = {
    UserDetailList: [
      { UserName: 'alice', Arn: `arn:aws:iam::${ACCOUNT}:user/alice`, GroupList: ['Administrators'] },
      {
        UserName: 'odd',
        Arn: `arn:aws:iam::${ACCOUNT}:user/odd`,
        UserPolicyList: [
          {
            PolicyName: 'Odd',
            PolicyDocument: encoded({
              Effect: 'Allow',
              Action: '*',
              Resource: '*',
              Condition: { BinaryEquals: { 'aws:x': 'QQ==' } },
            }),
          },
        ],
      },
    ],
    GroupDetailList: [ADMINISTRATORS],
    RoleDetailList: [
      {
        RoleName: 'Worker',
        Arn: `arn:aws:iam::${ACCOUNT}:role/path/Worker`,
        AssumeRolePolicyDocument: encoded({
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
        PermissionsBoundary: { PermissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/Boundary` },
        AttachedManagedPolicies: [
          { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        ],
      },
    ],
    Policies: [
      {
        Arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        PolicyVersionList: [
          { IsDefaultVersion: true, Document: encoded({ Effect: 'Allow', Action: '*', Resource: '*' }) },
        ],
      },
      {
        Arn: `arn:aws:iam::${ACCOUNT}:policy/Boundary`,
        PolicyVersionList: [
          { IsDefaultVersion: true, Document: encoded({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) },
        ],
      },
    ],
  };

  const answers = (EvalDecision: 'allowed' | 'explicitDeny' | 'implicitDeny', more: object = {}) =>
    iam
      .on(SimulatePrincipalPolicyCommand)
      .resolves({ EvaluationResults: [{ EvalActionName: 'x', EvalDecision, ...more }] });
  const stacks = new ConfiguredStacks(loadConfig(CONFIG));
  const options = { config: CONFIG, color: false, as: 'alice', can: 's3:PutBucketPolicy' };
  const inAccount = (more: Partial<Options> = {}) =>
    fromAccount({ ...options, ...more }, stacks, new Clients({ region: 'eu-central-1' }));
  const simulated = () => iam.commandCalls(SimulatePrincipalPolicyCommand)[0]?.args[0].input;

  beforeEach(() => {
    for (const mock of [iam, s3, sts, cloudFormation]) mock.reset();
    sts.on(GetCallerIdentityCommand).resolves({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/me` });
    iam.on(GetAccountAuthorizationDetailsCommand).resolves(DETAILS);
    iam.on(GetContextKeysForPrincipalPolicyCommand).resolves({ ContextKeyNames: ['aws:SourceVpc'] });
    s3.on(GetBucketPolicyCommand).rejects(
      new S3ServiceException({ name: 'NoSuchBucketPolicy', $fault: 'client', $metadata: {} }),
    );
    const missing = new CloudFormationServiceException({
      name: 'ValidationError',
      message: 'Stack does not exist',
      $fault: 'client',
      $metadata: {},
    });
    cloudFormation.on(ListStackResourcesCommand).rejects(missing);
    cloudFormation.on(ListStackResourcesCommand, { StackName: 'AccountBaseline-Audit' }).resolves({
      StackResourceSummaries: [
        {
          LogicalResourceId: 'AuditTrailBucket',
          PhysicalResourceId: 'guarded',
          ResourceType: 'AWS::S3::Bucket',
          LastUpdatedTimestamp: new Date(),
          ResourceStatus: 'CREATE_COMPLETE',
        },
      ],
    });
  });

  test('IAM is asked about the deployed resource, with all that is known of the request', async () => {
    answers('explicitDeny', { MatchedStatements: [{ SourcePolicyId: 'Guard' }] });
    const { decision, decidedBy, limits, steps } = await inAccount({ from: '203.0.113.7' });
    expect({ decision, decidedBy }).toEqual({
      decision: 'denied',
      decidedBy: [
        { policy: 'policy Guard of the group Administrators', statement: 'DenyTampering', effect: 'Deny' },
      ],
    });
    expect(steps.map(({ text }) => text)).toContain('Asked, it answers the same: denied');
    expect(limits).toContain('Policies also look at what the request did not say: aws:SourceVpc.');
    expect(simulated()).toMatchObject({
      PolicySourceArn: `arn:aws:iam::${ACCOUNT}:user/alice`,
      ActionNames: ['s3:PutBucketPolicy'],
      ResourceArns: ['arn:aws:s3:::guarded'],
      ContextEntries: expect.arrayContaining([
        {
          ContextKeyName: 'aws:MultiFactorAuthPresent',
          ContextKeyType: 'boolean',
          ContextKeyValues: ['true'],
        },
        { ContextKeyName: 'aws:SourceIp', ContextKeyType: 'ip', ContextKeyValues: ['203.0.113.7'] },
      ]),
    });
  });

  test('the policy of the resource, which IAM is not given, decides too', async () => {
    answers('allowed');
    s3.on(GetBucketPolicyCommand).resolves({
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Sid: 'OnlyOthers', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' },
      }),
    });
    expect(await inAccount({ can: 's3:GetObject', on: 'AuditTrailBucket/file' })).toMatchObject({
      decision: 'denied',
      decidedBy: [{ policy: 'policy of the bucket', statement: 'OnlyOthers' }],
      steps: expect.arrayContaining([
        {
          name: 'IAM',
          text: 'Asked without the policy of the resource, it answers: allowed',
          result: 'info',
        },
      ]),
    });
  });

  test('what only IAM knows of the organization counts', async () => {
    answers('implicitDeny', { OrganizationsDecisionDetail: { AllowedByOrganizations: false } });
    const { decision, steps } = await inAccount({ can: 's3:ListAllMyBuckets' });
    expect({ decision, last: steps.at(-1)?.text }).toEqual({
      decision: 'denied',
      last: 'Denied by a service control policy of the organization',
    });
    expect(simulated()).not.toHaveProperty('ResourceArns');
  });

  test('where a policy has an element that is not known here, IAM answers alone', async () => {
    answers('allowed', { MatchedStatements: [{ SourcePolicyId: 'Odd' }] });
    const { decision, decidedBy, limits } = await inAccount({ as: 'odd' });
    expect({ decision, decidedBy }).toEqual({
      decision: 'allowed',
      decidedBy: [{ policy: 'policy Odd', statement: 'not named by IAM', effect: 'Allow' }],
    });
    expect(limits).toContain(
      'The policies could not be explained: the condition operator BinaryEquals is not known.',
    );
  });

  test('a role has its boundary and its path, and a group is simulated as a group', async () => {
    answers('implicitDeny');
    const { steps } = await inAccount({ as: 'Worker', can: 'ec2:RunInstances' });
    expect(steps.at(-1)?.text).toBe('No statement in the permissions boundary Boundary allows it');
    expect(simulated()?.PolicySourceArn).toBe(`arn:aws:iam::${ACCOUNT}:role/path/Worker`);
    iam.resetHistory();
    await inAccount({ as: 'Administrators', can: 'ec2:RunInstances' });
    expect(simulated()?.PolicySourceArn).toBe(ADMINISTRATORS.Arn);
  });

  test('root is not simulated', async () => {
    expect(await inAccount({ as: 'root' })).toMatchObject({ decision: 'allowed', source: 'iam' });
    expect(simulated()).toBeUndefined();
  });
});

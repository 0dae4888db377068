import { MANAGED_POLICIES, type PolicyDocument } from '../../scripts/docs/managed-policies';
import { ALICE, WITH_MFA } from '../../scripts/docs/access-rows/request';
import { baselineTemplate, stackTemplate } from '../synth';
import {
  ESCALATION_PATHS,
  NOT_PREVENTED,
  type EscalationPath,
  STILL_POSSIBLE,
  WITH_OTHER_POLICIES,
} from './escalation-paths';
import { decide } from './simulator';
import { ACCOUNT, identityPolicy, templatePolicies, type IamPolicies } from './template-policies';

const template = stackTemplate('Delegation', { access: { delegation: true } });
const { names } = templatePolicies(template);

/** Documents of the two policies, with the ARNs of the account. */
const documents = Object.fromEntries(
  Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).map(([id, resource]) => {
    const { PolicyDocument: document } = (resource as { Properties: { PolicyDocument: object } }).Properties;
    const text = JSON.stringify(document)
      .replaceAll(/\{"Fn::Sub":("(?:[^"\\]|\\.)*")\}/g, '$1')
      .replaceAll('${AWS::Partition}', 'aws')
      .replaceAll('${AWS::AccountId}', ACCOUNT)
      .replaceAll('${AWS::Region}', 'us-east-1');
    return [id.replace('Delegation', ''), JSON.parse(text) as PolicyDocument];
  }),
) as Readonly<Record<'Boundary' | 'RoleMaker', PolicyDocument>>;

const DAVE = `arn:aws:iam::${ACCOUNT}:user/dave`;
const EVERYTHING = MANAGED_POLICIES['AdministratorAccess']?.document as PolicyDocument;

/** The policies of somebody with these identity policies. */
const somebody = (identity: readonly PolicyDocument[], boundary?: PolicyDocument): IamPolicies => ({
  names,
  identity: new Map([[DAVE, identity.map((document, index) => identityPolicy(String(index), document))]]),
  resource: new Map(),
  ...(boundary ? { boundary: new Map([[DAVE, identityPolicy('boundary', boundary)]]) } : {}),
});

/** Somebody who may do everything, but for the boundary. */
const LIMITED = somebody([EVERYTHING], documents.Boundary);
const ROLE_MAKER = somebody([documents.RoleMaker], documents.Boundary);
const WITHOUT_BOUNDARY = somebody([documents.RoleMaker]);
const UNLIMITED = somebody([EVERYTHING]);

const THROUGH = { 'aws:CalledVia': ['cloudformation.amazonaws.com'], 'aws:ViaAWSService': 'true' };

/** What IAM answers to each path on each resource. */
async function answers(
  who: IamPolicies,
  paths: readonly EscalationPath[],
  more: Readonly<Record<string, string | string[]>> = {},
) {
  const own = (text: string) => text.replaceAll('ACCOUNT', ACCOUNT);
  const tried = paths.flatMap(({ path, action, on, context = {} }) =>
    on.map(async (resource) => {
      const keys = Object.entries(context).map(([key, value]) => [key, own(value)]);
      const request = { who: DAVE, on: own(resource), context: { ...Object.fromEntries(keys), ...more } };
      return `${await decide(who, request, action)}: ${path}, ${action} on ${resource}`;
    }),
  );
  return Promise.all(tried);
}

const not = (answer: string) => (line: string) => !line.startsWith(`${answer}: `);

describe('with the boundary, nobody gets more rights', () => {
  test('who may do everything by other policies', async () => {
    expect((await answers(LIMITED, ESCALATION_PATHS)).filter(not('no'))).toEqual([]);
  });

  test('through CloudFormation either', async () => {
    expect((await answers(LIMITED, ESCALATION_PATHS, THROUGH)).filter(not('no'))).toEqual([]);
  });

  test('as these paths would lead there without it', async () => {
    expect((await answers(UNLIMITED, ESCALATION_PATHS)).filter(not('yes'))).toEqual([]);
  });
});

test('the policy of role makers leads nowhere by itself, even without the boundary', async () => {
  expect((await answers(WITHOUT_BOUNDARY, ESCALATION_PATHS)).filter(not('no'))).toEqual([]);
});

test('role makers can create roles and users with the boundary, use them, and delete them', async () => {
  expect((await answers(ROLE_MAKER, STILL_POSSIBLE)).filter(not('yes'))).toEqual([]);
});

test('the boundary leaves the services to the other policies, and grants nothing', async () => {
  expect((await answers(LIMITED, WITH_OTHER_POLICIES)).filter(not('yes'))).toEqual([]);
  expect((await answers(ROLE_MAKER, WITH_OTHER_POLICIES)).filter(not('no'))).toEqual([]);
});

test('what the boundary cannot prevent needs other policies, and is known', async () => {
  expect((await answers(LIMITED, NOT_PREVENTED)).filter(not('yes'))).toEqual([]);
  expect((await answers(ROLE_MAKER, NOT_PREVENTED)).filter(not('no'))).toEqual([]);
});

test('every path of the public list of December 2025 is on one of the lists', () => {
  // https://github.com/DataDog/pathfinding.cloud/tree/main/data/paths
  const LAST = {
    apprunner: 2,
    bedrock: 2,
    cloudformation: 5,
    codebuild: 4,
    datapipeline: 1,
    ec2: 4,
    ecs: 5,
    glue: 6,
    iam: 21,
    lambda: 6,
    sagemaker: 5,
    ssm: 2,
    sts: 1,
  };
  const listed = new Set([...ESCALATION_PATHS, ...NOT_PREVENTED].flatMap(({ path }) => numbersIn(path)));
  const missing = Object.entries(LAST).flatMap(([service, last]) =>
    Array.from({ length: last }, (_, index) => `${service}-${index + 1}`).filter((id) => !listed.has(id)),
  );
  expect(missing).toEqual([]);
});

/** Such as ecs-1 and ecs-2 of "ecs-001 and 002 ECS"; "001 to 005" means all of them. */
function numbersIn(path: string): string[] {
  const [, service = '', text = ''] = /^(\w+)-(\d{3}(?:(?:, | and | to )\d{3})*)/.exec(path) ?? [];
  return [...text.matchAll(/(\d{3})(?: to (\d{3}))?/g)].flatMap(([, from = '', to = from]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${service}-${Number(from) + index}`),
  );
}

test.each(['iam:CreatePolicyVersion', 'iam:DeletePolicy', 'iam:SetDefaultPolicyVersion'])(
  '%s is denied to administrators on both policies, outside CloudFormation',
  async (action) => {
    const suite = templatePolicies(baselineTemplate({ access: { delegation: true } }));
    for (const name of ['Delegated', 'RoleMaker']) {
      const on = `arn:aws:iam::${ACCOUNT}:policy/AccountBaseline-${name}`;
      expect(await decide(suite, { who: ALICE, on, context: WITH_MFA }, action)).toBe('no');
      expect(await decide(suite, { who: ALICE, on, context: { ...WITH_MFA, ...THROUGH } }, action)).toBe(
        'yes',
      );
    }
  },
);

test('the policies have at most the characters that IAM takes, with the longest prefix and everything on', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  const long = stackTemplate('Delegation', {
    stackName: 'a'.repeat(24),
    profile: 'strict',
    region: 'ap-southeast-1',
    access: { delegation: true },
    federation: { pipelines: { github: [{ repository: 'acme/site' }], gitlab: [{ project: 'acme/b' }] } },
  });
  for (const resource of Object.values(long.findResources('AWS::IAM::ManagedPolicy'))) {
    const { PolicyDocument: document } = (resource as { Properties: { PolicyDocument: object } }).Properties;
    const text = JSON.stringify(document)
      .replaceAll(/\{"Fn::Sub":("(?:[^"\\]|\\.)*")\}/g, '$1')
      .replaceAll('${AWS::Partition}', 'aws-us-gov')
      .replaceAll('${AWS::AccountId}', ACCOUNT)
      .replaceAll('${AWS::Region}', 'ap-southeast-1');
    expect(text.length).toBeLessThan(6_144);
  }
});

test('role makers create service-linked roles, and no others in their place', async () => {
  const create = (on: string) =>
    decide(WITHOUT_BOUNDARY, { who: DAVE, on, context: {} }, 'iam:CreateServiceLinkedRole');
  const role = `arn:aws:iam::${ACCOUNT}:role`;
  expect(await create(`${role}/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`)).toBe('yes');
  expect(await create(`${role}/AWSServiceRoleForECS`)).toBe('no');
});

import { ACCESS, type Answer, PRINCIPALS } from '../../lib/access/access-matrix';
import { defaultResource } from '../../lib/explain/default-resource';
import { Explainer, type Explanation, type Question } from '../../lib/explain/explain';
import { type IamAnswer, withIamAnswer } from '../../lib/explain/iam-answer';
import { checkAction, subjectOf } from '../../lib/explain/subject';
import type { Principal } from '../../lib/explain/template-policies';
import { ROLE_MODE } from '../../scripts/docs/access-rows/people-roles';
import { ACCOUNT, PLACE, templatePolicies } from '../access/template-policies';
import { standardPolicies } from '../access/templates';
import { baselineTemplate } from '../synth';

const { resolved } = standardPolicies();
const explainer = new Explainer(resolved);

const subject = (who: string) => subjectOf(who, resolved, PLACE, 'baseline.config.ts');

function question(who: string, action: string, more: Partial<Question> = {}): Question {
  const one = subject(who);
  return {
    subject: one,
    authentication: 'mfa',
    action,
    resource: defaultResource(action, one, resolved),
    isDefaultResource: true,
    account: ACCOUNT,
    region: 'us-east-1',
    throughCloudFormation: false,
    ...more,
  };
}

const explain = (...args: Parameters<typeof question>) => explainer.explain(question(...args));

const texts = ({ steps }: Explanation) => steps.map(({ name, text }) => `${name}: ${text}`);

describe('the answers are those of the access matrix', () => {
  const WHO = {
    root: 'root',
    administrator: 'alice',
    administratorWithoutMfa: 'alice',
    billingViewer: 'carol',
  };

  /** The cell of the matrix that the answers to an action make. */
  function cell(id: keyof typeof WHO, action: string): Answer {
    const authentication = id === 'administratorWithoutMfa' ? 'password' : 'mfa';
    const isAllowed = (more: Partial<Question> = {}) =>
      explain(WHO[id], action, { authentication, ...more }).decision === 'allowed';
    if (!isAllowed())
      return isAllowed({ throughCloudFormation: true }) && id === 'administrator' ? 'stack' : 'no';
    return id === 'administratorWithoutMfa' && !isAllowed({ authentication: 'access-key' })
      ? 'console'
      : 'yes';
  }

  test.each(PRINCIPALS)('$name', ({ id }) => {
    const tasks = ACCESS.filter(({ actions }) => actions.length > 0);
    const answers = tasks.map(({ task, actions }) => [
      task,
      ...new Set(actions.map((action) => cell(id, action))),
    ]);
    // That root activated it is a note, not an answer.
    const expected = tasks.map(({ task, may }) => [task, may[id] === 'activated' ? 'yes' : may[id]]);
    expect(answers).toEqual(expected);
  });
});

describe('in role mode', () => {
  const roles = templatePolicies(baselineTemplate(ROLE_MODE)).resolved;
  const inRoles = new Explainer(roles);
  const explainIn = (who: string, action: string, more: Partial<Question> = {}) => {
    const one = subjectOf(who, roles, PLACE, 'baseline.config.ts');
    const resource = defaultResource(action, one, roles);
    return inRoles.explain({ ...question('root', action), subject: one, resource, ...more });
  };

  test('a person assumes a role in a session of their own name', () => {
    const allowed = explainIn('alice', 'sts:AssumeRole');
    expect(allowed.decision).toBe('allowed');
    expect(allowed.request.context).toMatchObject({ 'sts:RoleSessionName': 'alice' });
    expect(texts(allowed)[3]).toContain('the session has the name alice');
    const without = explainIn('alice', 'sts:AssumeRole', { authentication: 'password' });
    expect([without.decision, without.changes]).toEqual(['denied', ['Sign in with MFA.']]);
  });

  test('a user learns which of their roles is allowed what they are not', () => {
    expect(explainIn('alice', 'iam:CreateUser').changes).toEqual([
      'Assume the role AccountBaseline-Administrator, which is allowed to.',
    ]);
    expect(explainIn('alice', 'ec2:RunInstances', { authentication: 'password' }).changes).toEqual([
      'Sign in with MFA, and assume the role AccountBaseline-Administrator or AccountBaseline-PowerUser, which is allowed to.',
    ]);
    expect(explainIn('alice', 'cloudtrail:StopLogging').changes).toEqual([
      'Assume the role AccountBaseline-Administrator or AccountBaseline-PowerUser, change the configuration, and deploy it: through CloudFormation it is allowed.',
    ]);
    // Nobody else's roles.
    expect(explainIn('carol', 'iam:CreateUser').changes).toEqual([expect.stringMatching(/^Add a statement/)]);
  });

  test('roles for people need no prefix', () => {
    expect(explainIn('Auditor', 'iam:GetUser').request.principal).toBe(
      `arn:aws:iam::${ACCOUNT}:role/AccountBaseline-Auditor`,
    );
  });
});

test('an allowed request goes through all stages', () => {
  const explanation = explain('alice', 'iam:CreateUser', { sourceIp: '203.0.113.7' });
  expect(texts(explanation)).toEqual([
    'Principal: The user alice of the group Administrators, signed in with MFA',
    'Action: iam:CreateUser',
    `Resource: arn:aws:iam::${ACCOUNT}:user/new-user (chosen for the action; name another with --on)`,
    'Environment: A direct call, Region us-east-1, from 203.0.113.7, with TLS',
    'Explicit denials: None of 4 applies. DenyWithoutMfa does not: MFA (aws:MultiFactorAuthPresent) is "true"; the statement applies if it is "false" or missing',
    'Organization: Its policies (SCP, RCP) are not known here',
    'Resource policy: None',
    'Identity policies: Statement 1 in the AWS managed policy AdministratorAccess of the group Administrators allows it',
    'Boundary, session: No permissions boundary, no session policy',
  ]);
  expect(explanation.steps.map(({ result }) => result)).toEqual([
    ...Array<string>(8).fill('info'),
    'allowed',
  ]);
  expect(explanation.changes).toEqual(['Without MFA it is denied by DenyWithoutMfa.']);
  expect(explanation.request.context).toMatchObject({
    'aws:username': 'alice',
    'aws:MultiFactorAuthPresent': 'true',
    'aws:SourceIp': '203.0.113.7',
  });
});

test('a denial ends the steps, and names its statement and what would change it', () => {
  const explanation = explain('alice', 'cloudtrail:StopLogging');
  expect(explanation).toMatchObject({
    decision: 'denied',
    decidedBy: [
      {
        statement: 'DenyTampering',
        effect: 'Deny',
        policy: expect.stringMatching(/of the group Administrators$/),
      },
    ],
    changes: ['Change the configuration and deploy it: through CloudFormation it is allowed.'],
  });
  expect(explanation.steps.at(-1)).toEqual({
    name: 'Explicit denials',
    result: 'denied',
    text: expect.stringMatching(
      /^The statement DenyTampering in the policy \w+ of the group Administrators denies it, because calling service \(aws:CalledVia\) is missing; a denial overrides every allow$/,
    ),
  });
});

test.each<[string, Question, readonly string[]]>([
  ['MFA', question('alice', 'iam:CreateUser', { authentication: 'password' }), ['Sign in with MFA.']],
  [
    'the console',
    question('alice', 'iam:EnableMFADevice', { authentication: 'access-key' }),
    ['Sign in to the console instead of using an access key.'],
  ],
  [
    'MFA and a deployment',
    question('alice', 'cloudtrail:StopLogging', { authentication: 'password' }),
    ['Sign in with MFA, change the configuration, and deploy it: through CloudFormation it is allowed.'],
  ],
  [
    'MFA, and another policy',
    question('carol', 'sns:ListTopics', { authentication: 'password' }),
    ['Sign in with MFA.', 'Add a statement that allows sns:ListTopics on * to a policy of carol.'],
  ],
  [
    'another policy of the user',
    question('carol', 'sns:ListTopics'),
    ['Add a statement that allows sns:ListTopics on * to a policy of carol.'],
  ],
  [
    'the policy of the resource',
    question('cloudtrail.amazonaws.com', 'sns:DeleteTopic', {
      resource: 'arn:aws:sns:us-east-1:123456789012:x',
    }),
    [
      'Add a statement that names cloudtrail.amazonaws.com and allows sns:DeleteTopic on arn:aws:sns:us-east-1:123456789012:x to the policy of the resource.',
    ],
  ],
])('what would have to change: %s', (_, asked, changes) => {
  expect(explainer.explain(asked).changes).toEqual(changes);
});

test('who may not deploy gets nothing done through CloudFormation', () => {
  const explanation = explain('alice', 'cloudtrail:StopLogging', {
    authentication: 'password',
    throughCloudFormation: true,
  });
  expect(explanation.decision).toBe('denied');
  expect(texts(explanation).at(-1)).toMatch(
    /^CloudFormation: The statement DenyWithoutMfa in .* denies cloudformation:ExecuteChangeSet, because/,
  );
});

test('a denial that access keys avoid does not tell them to use MFA', () => {
  const legacy: Principal = {
    kind: 'user',
    name: 'legacy',
    arn: `arn:aws:iam::${ACCOUNT}:user/legacy`,
    policySource: `arn:aws:iam::${ACCOUNT}:user/legacy`,
    groups: [],
    policies: [
      {
        kind: 'identity',
        name: 'policy Own',
        document: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: '*', Resource: '*' },
            {
              Effect: 'Deny',
              Action: '*',
              Resource: '*',
              // An access key brings no such key: only BoolIfExists would deny it.
              Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
            },
          ],
        },
      },
    ],
  };
  const policies = { ...resolved, principals: [legacy] };
  const asked = (authentication: Question['authentication']) =>
    new Explainer(policies).explain({
      ...question('alice', 'iam:CreateUser'),
      subject: subjectOf('legacy', policies, PLACE, 'baseline.config.ts'),
      authentication,
    });
  const key = asked('access-key');
  expect({ decision: key.decision, changes: key.changes }).toEqual({ decision: 'allowed', changes: [] });
  expect(texts(key)[0]).toMatch(/^Principal: The user legacy in no group, /);
  expect(asked('password').decision).toBe('denied');
  expect(asked('mfa').changes).toEqual([expect.stringMatching(/^Without MFA it is denied/)]);
});

test('a service is allowed by the policy of the resource alone', () => {
  const explanation = explain('alice', 'sts:AssumeRole');
  expect(texts(explanation)).toContainEqual(
    'Resource policy: The statement AccountAssumesRoleWithMfa in the trust policy of the role leaves the decision to the policies of the account',
  );
  const service = explain('lambda.amazonaws.com', 'sts:AssumeRole');
  expect(texts(service).at(-1)).toBe(
    'Resource policy: The trust policy of the role does not allow it, and must',
  );
});

test('the limits name what root must do for Billing, and what is not known of a resource', () => {
  expect(explain('carol', 'ce:GetCostAndUsage').limits).toContain(
    'Billing: IAM policies count only after root has activated IAM access to Billing.',
  );
  expect(explain('alice', 's3:GetObject', { resource: 'arn:aws:s3:::other/file' }).limits).toContain(
    'The policy of this resource is not known.',
  );
});

describe('the principal', () => {
  const role = resolved.principals.find(({ kind }) => kind === 'role');
  if (!role) throw new Error('the templates have no role');

  test.each([
    ['alice', 'user', `arn:aws:iam::${ACCOUNT}:user/alice`],
    [`arn:aws:iam::${ACCOUNT}:user/alice`, 'user', `arn:aws:iam::${ACCOUNT}:user/alice`],
    ['Administrators', 'group', `arn:aws:iam::${ACCOUNT}:user/anyone`],
    [`arn:aws:iam::${ACCOUNT}:group/Administrators`, 'group', `arn:aws:iam::${ACCOUNT}:user/anyone`],
    [role.name, 'role', role.arn],
    [`arn:aws:sts::${ACCOUNT}:assumed-role/${role.name}/me`, 'role', role.arn],
    ['root', 'root', `arn:aws:iam::${ACCOUNT}:root`],
    ['config.amazonaws.com', 'service', 'config.amazonaws.com'],
  ])('%s is a %s', (who, kind, arn) => {
    expect(subject(who)).toMatchObject({ kind, arn });
  });

  test('of a session has its name in aws:userid, and no MFA', () => {
    const { request, steps } = explain(
      `arn:aws:sts::${ACCOUNT}:assumed-role/${role.name}/me`,
      'iam:CreateUser',
    );
    expect(request).toMatchObject({
      authentication: 'session',
      context: { 'aws:userid': 'AROAEXAMPLE:me', 'aws:PrincipalArn': role.arn },
    });
    expect(request.context).not.toHaveProperty('aws:MultiFactorAuthPresent');
    expect(steps[0]?.text).toMatch(/^The session me of the role /);
  });

  test('that nobody is gets a suggestion', () => {
    expect(() => subject('alise')).toThrow('received "alise". Did you mean alice?');
  });
});

test.each([
  ['CreateUser', 'iam:CreateUser'],
  ['iam:Create*', 'iam:CreateUser'],
  ['iam.ChangePassword', 'iam:ChangePassword'],
])('the action %s gets the suggestion %s', (action, suggestion) => {
  const known = ['iam:ChangePassword', 'iam:CreateUser', 's3:PutObject'];
  expect(() => {
    checkAction(action, known);
  }).toThrow(`received "${action}". Did you mean ${suggestion}?`);
});

test.each([
  ['iam:ChangePassword', `arn:aws:iam::${ACCOUNT}:user/alice`],
  ['iam:ListUsers', '*'],
  ['s3:PutObject', 'arn:aws:s3:::example-bucket/file'],
  ['s3:PutBucketPolicy', expect.stringMatching(/^arn:aws:s3:::.*trailbucket/)],
  ['logs:DeleteLogGroup', expect.stringMatching(/:log-group:.*Trail.*:log-stream:$/)],
  ['cloudwatch:DeleteAlarms', expect.stringMatching(/:alarm:/)],
  ['athena:StartQueryExecution', '*'],
])('without a resource, %s is tried on one that fits', (action, expected) => {
  expect(defaultResource(action, subject('alice'), resolved)).toEqual(expected);
});

describe('with credentials,', () => {
  const ours = explain('alice', 'iam:CreateUser');
  const IAM: IamAnswer = {
    allowed: true,
    isExplicit: false,
    byOrganization: false,
    byBoundary: false,
    policies: [],
    missing: [],
  };

  test('IAM’s answer is a step of its own where it is the same', () => {
    const { decision, steps, limits } = withIamAnswer(ours, true, { ...IAM, missing: ['aws:x'] });
    expect(decision).toBe('allowed');
    expect(steps).toHaveLength(ours.steps.length + 1);
    expect(steps[4]).toEqual({ name: 'IAM', result: 'info', text: 'Asked, it answers the same: allowed' });
    expect(limits).toContain('Policies also look at what the request did not say: aws:x.');
  });

  test.each<[string, Partial<IamAnswer>, string]>([
    [
      'by the organization',
      { byOrganization: true },
      'Denied by a service control policy of the organization',
    ],
    ['by the boundary', { byBoundary: true }, 'Denied by the permissions boundary'],
    [
      'by a policy that was not read',
      { isExplicit: true, policies: ['Other'] },
      'Denied explicitly by the policy Other, unlike the policies that were read suggest',
    ],
  ])('it counts where it is another: denied %s', (_, answer, text) => {
    const { decision, steps } = withIamAnswer(ours, true, { ...IAM, allowed: false, ...answer });
    expect(decision).toBe('denied');
    expect(steps.at(-1)).toEqual({ name: 'IAM', result: 'denied', text });
  });
});

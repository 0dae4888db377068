import * as fc from 'fast-check';
import { evaluate, type Policy, type Request } from '../../lib/explain/evaluate';
import type { Statement } from '../../lib/explain/managed-policies';
import { contextOf } from '../../lib/explain/request';
import type { Request as AccessRequest } from '../../scripts/docs/access-rows/request';
import { decideChecked } from '../access/simulator';
import { ACCOUNT, identityPolicy, resourcePolicy } from '../access/template-policies';
import { runs } from '../properties/runs';
import { answered } from './answer';

const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Worker`;
const BUCKET = 'arn:aws:s3:::site';

const documentOf = (...statements: readonly Statement[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});
const allow = (rest: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: 's3:*',
  Resource: '*',
  ...rest,
});
const deny = (rest: Partial<Statement>): Statement => allow({ ...rest, Effect: 'Deny' });

/** A policy of this kind. */
const policy = (kind: Policy['kind'], ...statements: readonly Statement[]): Policy => ({
  kind,
  name: `${kind} policy`,
  document: documentOf(...statements),
});

const ask = (policies: readonly Policy[], request: Partial<Request> = {}) => {
  const { allowed, stage } = evaluate(
    {
      principal: ALICE,
      action: 's3:GetObject',
      resource: `${BUCKET}/file`,
      account: ACCOUNT,
      context: contextOf({}),
      ...request,
    },
    policies,
  );
  return `${allowed ? 'allowed' : 'denied'} by ${stage}`;
};

describe('against the simulator,', () => {
  const TEXTS = ['alice', 'Alice', 'al*', 'a?ice', '*', 'bob', '${aws:username}', "${aws:x, 'alice'}"];
  const ARNS = [ALICE, 'arn:aws:iam::*:user/*', `arn:aws:iam::${ACCOUNT}:user/al?ce`, ROLE, 'arn:*:iam::*:*'];
  /** Values of a policy, and of a request, of the operators that take them. */
  const KINDS = [
    {
      operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
      wanted: TEXTS,
      actual: ['alice', 'ALICE', 'al*', 'bob', '*'],
    },
    {
      operators: ['StringLike', 'StringNotLike'],
      wanted: [...TEXTS, '${*}'],
      actual: ['alice', 'Alice', 'al', 'bob', '*'],
    },
    {
      operators: ['ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnNotEquals'],
      wanted: ARNS,
      actual: [ALICE, ROLE],
    },
    { operators: ['Bool'], wanted: ['true', 'false'], actual: ['true', 'false'] },
    {
      operators: ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals'],
      wanted: ['1', '60', '3600'],
      actual: ['0', '60', '61'],
    },
    {
      operators: ['DateLessThan', 'DateGreaterThanEquals', 'DateEquals'],
      wanted: ['2026-01-01T00:00:00Z', '2026-11-28T10:00:00Z'],
      actual: ['2026-01-01T00:00:00Z', '2025-01-01T00:00:00Z'],
    },
    {
      operators: ['IpAddress', 'NotIpAddress'],
      wanted: ['203.0.113.0/24', '198.51.100.7/32', '2001:db8::/32'],
      actual: ['203.0.113.9', '198.51.100.8', '2001:db8::1'],
    },
  ];

  const condition = fc.constantFrom(...KINDS).chain(({ operators, wanted, actual }) =>
    fc.record({
      operator: fc.constantFrom(...operators),
      prefix: fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'),
      suffix: fc.constantFrom('', 'IfExists'),
      wanted: fc.uniqueArray(fc.constantFrom(...wanted), { minLength: 1, maxLength: 2 }),
      actual: fc.option(fc.uniqueArray(fc.constantFrom(...actual), { minLength: 1, maxLength: 2 }), {
        nil: undefined,
      }),
    }),
  );

  const answers = (kind: 'identity' | 'resource', statement: Statement, request: AccessRequest) => {
    const document = documentOf(statement);
    const own = kind === 'identity' ? [{ kind, name: 'own', document }] : [];
    const policies = {
      names: new Map<string, string>(),
      identity: new Map([[ALICE, own.map(({ name }) => identityPolicy(name, document))]]),
      resource: new Map(kind === 'resource' ? [[BUCKET, resourcePolicy(BUCKET, document)]] : []),
      resolved: {
        names: new Map<string, string>(),
        principals: [
          {
            kind: 'user' as const,
            name: 'alice',
            arn: ALICE,
            policySource: ALICE,
            groups: [],
            policies: own,
          },
        ],
        resources: [],
        resource: new Map(
          kind === 'resource' ? [[BUCKET, { kind, name: 'policy of the bucket', document }]] : [],
        ),
      },
    };
    return {
      ours: answered(policies, request, 's3:GetObject'),
      theirs: decideChecked(policies, request, 's3:GetObject'),
    };
  };

  test('any condition is met by the same requests', () => {
    fc.assert(
      fc.property(condition, ({ operator, prefix, suffix, wanted, actual }) => {
        // That combination is an error here.
        fc.pre(prefix !== 'ForAnyValue:' || suffix === '');
        // One value is all that an operator without a prefix can compare.
        const [only = ''] = actual ?? [];
        const value = prefix === '' ? only : (actual ?? []);
        const { ours, theirs } = answers(
          'identity',
          allow({ Condition: { [`${prefix}${operator}${suffix}`]: { 'aws:PrincipalTag/team': wanted } } }),
          {
            who: ALICE,
            on: `${BUCKET}/file`,
            context: actual === undefined ? {} : { 'aws:PrincipalTag/team': value },
          },
        );
        expect(ours).toBe(theirs);
      }),
      runs(400),
    );
  });

  const RESOURCES = [
    '*',
    `${BUCKET}/*`,
    `${BUCKET}/\${aws:username}/*`,
    `${BUCKET}/\${aws:PrincipalTag/team}/*`,
    `${BUCKET}/a?ice/f*`,
    `${BUCKET}*`,
    BUCKET,
    'arn:*:s3:::site/*',
    'arn:aws:s3:::other/*',
  ];
  const ACTIONS = [
    's3:GetObject',
    's3:getobject',
    's3:Get*',
    's3:*Object',
    '*',
    's3:PutObject',
    's3:Get??ject',
  ];
  const some = (values: readonly string[]) =>
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });

  test('any statement of a user or a bucket applies to the same requests', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('identity' as const, 'resource' as const),
        fc.constantFrom('Action', 'NotAction'),
        some(ACTIONS),
        fc.constantFrom('Resource', 'NotResource'),
        some(RESOURCES),
        fc.constantFrom('*', ALICE, ROLE, `arn:aws:iam::${ACCOUNT}:root`, ACCOUNT, '999999999999'),
        fc.constantFrom(ALICE, ROLE, 'cloudtrail.amazonaws.com', 'anonymous'),
        fc.constantFrom(`${BUCKET}/alice/file`, `${BUCKET}/file`, `${BUCKET}/bob/x`),
        (kind, action, actions, resource, resources, principal, who, on) => {
          // That is an error here.
          const hasNoValue = (text: string) =>
            text.includes('${aws:Pr') || (text.includes('${') && who !== ALICE);
          fc.pre(resource === 'Resource' || !resources.some(hasNoValue));
          const { ours, theirs } = answers(
            kind,
            {
              Effect: 'Allow',
              [action]: actions,
              [resource]: resources,
              ...(kind === 'resource' ? { Principal: { AWS: principal } } : {}),
            },
            { who, on },
          );
          expect(ours).toBe(theirs);
        },
      ),
      runs(400),
    );
  });
});

describe('the order of the stages', () => {
  const everything = (kind: Policy['kind']) => policy(kind, allow({ Action: '*' }));
  const nothing = (kind: Policy['kind']) => policy(kind, allow({ Action: 'ec2:*' }));
  const ofBucket = (Principal: Statement['Principal']) => policy('resource', allow({ Principal }));

  test.each<[string, string, readonly Policy[], Partial<Request>?]>([
    ['nothing allows it', 'denied by identity', []],
    ['the own policy allows it', 'allowed by identity', [everything('identity')]],
    [
      'a statement of any policy denies it',
      'denied by deny',
      [everything('identity'), policy('scp', deny({}))],
    ],
    ['no SCP allows it', 'denied by scp', [everything('identity'), nothing('scp')]],
    ['no RCP allows it', 'denied by rcp', [everything('identity'), nothing('rcp'), nothing('scp')]],
    ['the boundary allows it not', 'denied by boundary', [everything('identity'), nothing('boundary')]],
    ['the boundary alone allows it', 'denied by identity', [nothing('identity'), everything('boundary')]],
    ['the session allows it not', 'denied by session', [everything('identity'), nothing('session')]],
    ['the policy of the bucket names the user', 'allowed by resource', [ofBucket({ AWS: ALICE })]],
    [
      'the policy of the bucket names the user, whom the boundary does not limit there',
      'allowed by resource',
      [ofBucket({ AWS: ALICE }), nothing('boundary')],
    ],
    [
      'the policy of the bucket names the role, whom the boundary limits',
      'denied by boundary',
      [ofBucket({ AWS: ROLE }), nothing('boundary')],
      { principal: ROLE },
    ],
    [
      'the policy of the bucket names the session of the role',
      'allowed by resource',
      [ofBucket({ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/Worker/x` }), nothing('boundary')],
      { principal: ROLE, session: `arn:aws:sts::${ACCOUNT}:assumed-role/Worker/x` },
    ],
    ['the policy of the bucket names the account alone', 'denied by identity', [ofBucket({ AWS: ACCOUNT })]],
    [
      'the bucket is of another account, whose policy says nothing',
      'denied by resource',
      [everything('identity')],
      { account: '999999999999' },
    ],
    [
      'the bucket is of another account, and its policy alone allows it',
      'denied by identity',
      [ofBucket({ AWS: ALICE })],
      { account: '999999999999' },
    ],
    [
      'the bucket is of another account, and both allow it',
      'allowed by identity',
      [ofBucket({ AWS: ACCOUNT }), everything('identity')],
      { account: '999999999999' },
    ],
    [
      'the trust policy does not name who may do everything',
      'denied by resource',
      [everything('identity'), ofBucket({ AWS: ROLE })],
      { action: 'sts:AssumeRole', resource: ROLE },
    ],
    [
      'the key policy leaves it to the account',
      'allowed by identity',
      [policy('resource', allow({ Action: 'kms:*', Principal: { AWS: ACCOUNT } })), everything('identity')],
      { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/x` },
    ],
    [
      'it is root, whom no own policy limits',
      'allowed by identity',
      [],
      { principal: `arn:aws:iam::${ACCOUNT}:root` },
    ],
    [
      'it is the call that nobody can be denied',
      'allowed by identity',
      [policy('identity', deny({ Action: '*' }))],
      { action: 'sts:GetCallerIdentity', resource: '*' },
    ],
  ])('%s: %s', (_, expected, policies, request = {}) => {
    expect(ask(policies, request)).toBe(expected);
  });
});

describe('what is not known is an error, not a guess:', () => {
  test.each<[string, Policy]>([
    [
      'the condition operator BinaryEquals is not known',
      policy('identity', allow({ Condition: { BinaryEquals: { 'aws:x': 'QQ==' } } })),
    ],
    [
      'the condition operator ForAnyValue:StringEqualsIfExists is not known',
      policy('identity', allow({ Condition: { 'ForAnyValue:StringEqualsIfExists': { 'aws:x': 'a' } } })),
    ],
    [
      'StringEquals needs one value of aws:Tags, got 2',
      policy('identity', allow({ Condition: { StringEquals: { 'aws:Tags': 'a' } } })),
    ],
    ['the pattern "arn:aws:s3*" is not a whole ARN', policy('identity', allow({ Resource: 'arn:aws:s3*' }))],
    [
      'the request has no value for a variable of arn:aws:s3:::${aws:y}/*',
      policy('identity', { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::${aws:y}/*' }),
    ],
    ['the effect Maybe is not known', policy('identity', { ...allow(), Effect: 'Maybe' })],
    ['NotPrincipal is not known', policy('resource', allow({ NotPrincipal: '*' } as Partial<Statement>))],
    [
      'the kind of principal CanonicalUser is not known',
      policy('resource', allow({ Principal: { CanonicalUser: 'x' } })),
    ],
    [
      'the identity policy has the version 2008-10-17, in which variables are text',
      {
        ...policy('identity'),
        document: { Version: '2008-10-17', Statement: [allow({ Resource: '${aws:x}' })] },
      },
    ],
    ['the content of the policy Unknown is not known', { kind: 'identity', name: 'policy Unknown' }],
  ])('%s', (message, unknown) => {
    expect(() => ask([unknown], { context: contextOf({ 'aws:Tags': ['a', 'b'], 'aws:x': 'a' }) })).toThrow(
      message,
    );
  });

  test('a denial is certain even so', () => {
    expect(ask([{ kind: 'identity', name: 'policy Unknown' }, policy('identity', deny({}))])).toBe(
      'denied by deny',
    );
  });
});

import fc from 'fast-check';
import { evaluate, type Policy } from '../../lib/explain/evaluate';
import type { PolicyDocument } from '../../lib/explain/managed-policies';
import { isArnLike, isLike } from '../../lib/explain/pattern';
import { administers, decoded, statementsOf } from '../../lib/posture/iam-statements';
import { isAsDeployed, normalized } from '../../lib/posture/policy-documents';
import { outsidersOf } from '../../lib/posture/trust';
import { runs } from './runs';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/alice`;

/** A single value needs no list in IAM. */
const oneOrMore = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));

/** Whatever IAM takes for a name, and what JavaScript knows. */
const odd = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'é', '(', '[', '\\', '$&', '+', '${aws:username}', '${', 'a b'),
  fc.string({ maxLength: 6 }),
);

const action = fc.oneof(
  fc.constantFrom(
    '*',
    '**',
    '*:*',
    'iam:*',
    'IAM:*',
    'iam:Put*Policy',
    'sts:AssumeRole',
    'STS:assume*',
    's3:Get?bject',
  ),
  odd.map((text) => `sts:${text}`),
);

const resource = fc.oneof(
  fc.constantFrom(
    '*',
    '**',
    'arn:aws:s3:::bucket/*',
    `arn:aws:iam::${ACCOUNT}:role/*`,
    'arn:aws:iam::*:user/${aws:username}',
  ),
  odd.map((text) => `arn:aws:s3:::${text}`),
);

const value = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.constantFrom('true', ACCOUNT, 'o-a1b2c3d4e5', ROLE, '10.0.0.0/8'),
  odd,
);

const operator = fc
  .tuple(
    fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom(
      'StringEquals',
      'StringNotLike',
      'StringLike',
      'ArnLike',
      'ArnNotEquals',
      'Bool',
      'Null',
      'IpAddress',
      'NumericLessThan',
      'DateGreaterThan',
      'BinaryEquals',
      '__proto__',
      'constructor',
    ),
    fc.constantFrom('', 'IfExists'),
  )
  .map((parts) => parts.join(''));

const key = fc.constantFrom(
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'sts:ExternalId',
  'aws:MultiFactorAuthPresent',
  'aws:SourceIp',
  'aws:username',
  'token.actions.githubusercontent.com:sub',
  'constructor',
);

const conditions = fc.dictionary(operator, fc.dictionary(key, oneOrMore(value), { maxKeys: 2 }), {
  maxKeys: 3,
});

const principal = fc.oneof(
  fc.constant('*'),
  fc.dictionary(
    fc.constantFrom('AWS', 'Service', 'Federated', 'CanonicalUser'),
    oneOrMore(
      fc.oneof(
        fc.constantFrom(
          '*',
          ACCOUNT,
          '210987654321',
          ROLE,
          `arn:aws:iam::${ACCOUNT}:root`,
          'AIDA1234567890',
          'ec2.amazonaws.com',
          'rolesanywhere.amazonaws.com',
        ),
        odd,
      ),
    ),
  ),
);

/** One of two elements of which a statement has at most one. */
const either = (one: string, other: string, values: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom(one, other), values).map(([name, chosen]) => ({ [name]: chosen }));

const statement = fc
  .tuple(
    fc.record(
      { Sid: odd, Effect: fc.constantFrom('Allow', 'Deny'), Condition: conditions },
      { requiredKeys: ['Effect'] },
    ),
    either('Action', 'NotAction', oneOrMore(action)),
    fc.oneof(fc.constant({}), either('Resource', 'NotResource', oneOrMore(resource))),
    fc.oneof(fc.constant({}), either('Principal', 'NotPrincipal', principal)),
  )
  .map((parts) => Object.assign({}, ...parts) as Statement);

type Statement = Record<string, unknown> & PolicyDocument['Statement'][number];

const document = fc.record({
  Version: fc.constantFrom('2012-10-17', '2008-10-17'),
  Statement: oneOrMore(statement),
});

/** As IAM returns it. */
const encoded = (policy: unknown) => encodeURIComponent(JSON.stringify(policy));

/** The same policy with a list wherever IAM takes one. */
function withLists({
  Version,
  Statement,
}: {
  Version: string;
  Statement: Statement | Statement[];
}): PolicyDocument {
  const listed = (one: Statement) =>
    Object.fromEntries(
      Object.entries(one).map(([name, content]) =>
        /^(Not)?(Action|Resource)$/.test(name) ? [name, [content].flat()] : [name, content],
      ),
    ) as Statement;
  return { Version, Statement: [Statement].flat().map(listed) };
}

const alone = (policy: unknown) => ({ inline: [{ PolicyName: 'p', PolicyDocument: encoded(policy) }] });

const ofRole = (policy: unknown) => outsidersOf({ AssumeRolePolicyDocument: encoded(policy) }, ACCOUNT);

test('a policy is judged the same with single values and with lists', () => {
  fc.assert(
    fc.property(document, (policy) => {
      expect(decoded(encoded(policy))).toEqual(policy);
      const listed = withLists(policy);
      expect(statementsOf(encoded(policy))).toHaveLength(listed.Statement.length);
      expect(administers(alone(policy), [])).toBe(administers(alone(listed), []));
      expect(ofRole(policy)).toEqual(ofRole(listed));
      expect(isAsDeployed(normalized(policy), normalized(listed), () => undefined)).toBe(true);
    }),
    runs(1_500),
  );
});

test('a statement more never hides administrator rights, or somebody that a role trusts', () => {
  fc.assert(
    fc.property(document, statement, (policy, added) => {
      const more = { ...policy, Statement: [added, policy.Statement].flat() };
      if (administers(alone(policy), [])) expect(administers(alone(more), [])).toBe(true);
      const names = ofRole(more).map(({ kind, name }) => `${kind} ${name}`);
      expect(names).toEqual(
        expect.arrayContaining(ofRole(policy).map(({ kind, name }) => `${kind} ${name}`)),
      );
    }),
    runs(1_500),
  );
});

test('anyone who may do everything, or everything in IAM, is an administrator however it is written', () => {
  const everything = fc.record({
    Effect: fc.constant('Allow'),
    Action: fc
      .tuple(fc.array(action, { maxLength: 2 }), fc.constantFrom('*', '**', '*:*', 'iam:*', 'IAM:*'))
      .chain(([others, wide]) => fc.shuffledSubarray([...others, wide], { minLength: others.length + 1 })),
    Resource: fc.constantFrom('*', ['*'], ['arn:aws:s3:::a', '*']),
  });
  fc.assert(
    fc.property(document, everything, (policy, wide) => {
      expect(administers(alone({ ...policy, Statement: [policy.Statement, wide].flat() }), [])).toBe(true);
    }),
    runs(500),
  );
});

const request = fc.record({
  principal: fc.constantFrom(ROLE, `arn:aws:iam::${ACCOUNT}:user/alice`, 'ec2.amazonaws.com'),
  action: fc.constantFrom('iam:PutUserPolicy', 'sts:AssumeRole', 's3:GetObject'),
  resource: fc.constantFrom('*', 'arn:aws:s3:::bucket/key', ROLE),
  account: fc.constant(ACCOUNT),
  context: fc
    .dictionary(key, fc.array(value.map(String), { minLength: 1, maxLength: 2 }), { maxKeys: 3 })
    .map((all) => new Map(Object.entries(all).map(([name, values]) => [name.toLowerCase(), values]))),
});

const EVERYTHING: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

const policies = fc.array(
  fc.record({
    kind: fc.constantFrom('identity', 'boundary', 'resource', 'scp'),
    name: fc.constant('policy'),
    document: fc.oneof({ weight: 3, arbitrary: document.map(withLists) }, fc.constant(EVERYTHING)),
  }),
  { maxLength: 3 },
) as fc.Arbitrary<Policy[]>;

/** The answer, or what is not known. Nothing else may be thrown. */
function answerTo(...[question, found]: Parameters<typeof evaluate>): boolean | undefined {
  try {
    return evaluate(question, found).allowed;
  } catch (error) {
    // In words of ours, and not a TypeError or a SyntaxError.
    expect(error).toHaveProperty('constructor', Error);
    return undefined;
  }
}

test('the simulator answers every request, or says what it does not know', () => {
  const seen = { true: 0, false: 0, undefined: 0 };
  fc.assert(
    fc.property(request, policies, (asked, found) => {
      seen[`${answerTo(asked, found)}`] += 1;
    }),
    runs(3_000),
  );
  // Otherwise this proves little.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
});

test('a denial more never allows anything', () => {
  fc.assert(
    fc.property(request, policies, statement, (asked, found, added) => {
      const denial = { ...added, Effect: 'Deny' };
      const policy: Policy = {
        kind: 'identity',
        name: 'denial',
        document: { Version: '2012-10-17', Statement: [denial] },
      };
      const [before, after] = [answerTo(asked, found), answerTo(asked, [...found, policy])];
      if (before === false) expect(after).not.toBe(true);
      if (after === true) expect(before).toBe(true);
    }),
    runs(1_500),
  );
});

/** The slow and plain way: what is left of the text after each way in which the pattern can begin. */
function matches(pattern: string, text: string): boolean {
  const [first = ''] = pattern;
  if (first === '') return text === '';
  const rest = pattern.slice(1);
  if (first === '*')
    return Array.from({ length: text.length + 1 }).some((_, skipped) => matches(rest, text.slice(skipped)));
  return text !== '' && (first === '?' || first === text[0]) && matches(rest, text.slice(1));
}

describe('a wildcard', () => {
  const few = (characters: string) =>
    fc.string({ unit: fc.constantFrom(...Array.from(characters)), maxLength: 7 });

  test('stands for any characters, wherever it is', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(few('ab*?.'), few('ab.'), (pattern, text) => {
        seen.add(isLike(pattern, text));
        expect(isLike(pattern, text)).toBe(matches(pattern, text));
      }),
      runs(5_000),
    );
    expect(seen.size).toBe(2);
  });

  test('takes no longer if there are hundreds of them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('*a', 'a*', '*?', '**a', '*ab'),
        fc.integer({ min: 10, max: 300 }),
        (piece, times) => {
          const before = performance.now();
          isLike(`${piece.repeat(times)}c`, 'a'.repeat(2_000));
          isArnLike(
            `arn:aws:iam::*:role/${piece.repeat(times)}c`,
            `arn:aws:iam::${ACCOUNT}:role/${'a'.repeat(2_000)}`,
          );
          ofRole({ Statement: { Effect: 'Allow', Action: `${piece.repeat(times)}c`, Principal: '*' } });
          // It took hours once.
          expect(performance.now() - before).toBeLessThan(10_000);
        },
      ),
      runs(50),
    );
  });
});

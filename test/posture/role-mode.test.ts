import { readFileSync } from 'node:fs';
import type { RoleDetail, UserDetail } from '@aws-sdk/client-iam';
import { PERSON_ROLES } from '../../lib/access/person-roles';
import { defineBaseline } from '../../lib/config/config';
import { readSamlMetadata } from '../../lib/federation/saml/metadata';
import { planAccessMode } from '../../lib/posture/preflight/access-mode';
import type { People, Snapshot } from '../../lib/posture/snapshot';
import { verify } from '../../lib/posture/verify';
import { SAML } from '../everything';
import { policiesOf, ROLES_STACK } from './role-mode';
import { CONFIG, encoded, valueOf, WELL } from './snapshot';

const ROLES = defineBaseline({
  administrators: ['alice', 'bob'],
  notifications: { emails: ['security@example.com'] },
  access: { mode: 'roles' },
});
const GROUP = 'AccountBaseline-Roles-PeopleGroup-1A2B3C';
const PEOPLE = policiesOf(GROUP);
const ADMINISTRATOR = 'AccountBaseline-Administrator';

const inGroup = (UserName: string, ...GroupList: string[]): UserDetail => ({
  UserName,
  Arn: UserName,
  GroupList,
});

/** An account in mode 'roles' that is well. */
function account(change: Partial<People> = {}, more: Partial<Snapshot> = {}): Snapshot {
  const people = valueOf(WELL.people);
  return {
    ...WELL,
    suite: { value: [ROLES_STACK, ...valueOf(WELL.suite)] },
    people: {
      value: {
        ...people,
        users: [inGroup('alice', GROUP), inGroup('bob', GROUP)],
        groups: [...people.groups, ...PEOPLE.groups],
        roles: [...people.roles, ...PEOPLE.roles],
        ...change,
      },
    },
    ...more,
  };
}

const failed = (snapshot: Snapshot): string[] =>
  verify(snapshot, ROLES)
    .findings.filter(({ area, status }) => area === 'people' && status !== 'pass')
    .map(({ check, detail }) => `${check}: ${detail}`);

const withRole = (name: string, change: Partial<RoleDetail>): Partial<People> => ({
  roles: [
    ...valueOf(WELL.people).roles,
    ...PEOPLE.roles.map((role) => (role.RoleName === name ? { ...role, ...change } : role)),
  ],
});

test('nothing is wrong with people who have their rights from roles', () => {
  expect(PEOPLE.roles.map(({ RoleName }) => RoleName)).toEqual(
    PERSON_ROLES.map((role) => `AccountBaseline-${role}`),
  );
  expect(failed(account())).toEqual([]);
});

test.each<[string, Partial<People>, string]>([
  [
    'an administrator who kept the rights of a user',
    { users: [inGroup('alice', GROUP, 'Administrators'), inGroup('bob', GROUP)] },
    'administrators: alice is in the group Administrators, although people have their rights from roles.',
  ],
  [
    'an administrator whom the stack Access has not moved yet',
    { users: [inGroup('alice', 'Administrators'), inGroup('bob', GROUP)] },
    'administrators: alice still has the rights of a user.',
  ],
  [
    'a stranger in the group of people',
    { users: [inGroup('alice', GROUP), inGroup('bob', GROUP), inGroup('mallory', GROUP)] },
    `administrators: mallory is in the group ${GROUP} but not in the configuration.`,
  ],
  [
    'a role that was deleted',
    { roles: valueOf(WELL.people).roles },
    `people-roles: ${ADMINISTRATOR} was deleted.`,
  ],
  [
    'a trust policy that asks for nothing',
    withRole(ADMINISTRATOR, {
      AssumeRolePolicyDocument: encoded({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      }),
    }),
    `people-roles: The trust policy of ${ADMINISTRATOR} was changed.`,
  ],
  [
    'another managed policy',
    withRole('AccountBaseline-Auditor', { AttachedManagedPolicies: [] }),
    'people-roles: The managed policies of AccountBaseline-Auditor were changed.',
  ],
  [
    'a role without its guard',
    withRole(ADMINISTRATOR, { RolePolicyList: [] }),
    `people-roles: RolesGuard of ${ADMINISTRATOR} was deleted or changed.`,
  ],
  [
    'a policy that somebody added',
    withRole('AccountBaseline-Billing', {
      RolePolicyList: [
        { PolicyName: 'More', PolicyDocument: encoded({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) },
      ],
    }),
    'people-roles: More of AccountBaseline-Billing was added.',
  ],
])('verify finds %s', (_, change, expected) => {
  expect(failed(account(change))).toContain(expected);
});

describe('of a SAML provider, verify', () => {
  const config = {
    ...ROLES,
    federation: { ...ROLES.federation, saml: { ...SAML, groupAttribute: 'eduPersonAffiliation' as const } },
  };
  const PROVIDER = {
    Type: 'AWS::IAM::SAMLProvider',
    Properties: { SamlMetadataDocument: readFileSync(SAML.metadata, 'utf8') },
  };
  const template = ROLES_STACK.template as { readonly Resources: object };
  const stack = { ...ROLES_STACK, template: { Resources: { ...template.Resources, Saml: PROVIDER } } };
  const findings = (at: Date, suite = [stack, ...valueOf(WELL.suite)]) =>
    verify(
      {
        ...account({}, { suite: { value: suite } }),
        at,
        samlProviders: { value: [`arn:aws:iam::123456789012:saml-provider/${SAML.name}`] },
      },
      config,
    )
      .findings.filter(({ check }) => ['saml-certificate', 'identity-providers'].includes(check))
      .map(({ check, status, severity, detail }) => [check, status, severity, detail]);
  const { validUntil } = readSamlMetadata(PROVIDER.Properties.SamlMetadataDocument);
  const before = (days: number) => new Date(validUntil.valueOf() - days * 86_400_000);

  test('knows the name, and says when the certificate ends', () => {
    expect(findings(before(100)).map(([check, status]) => [check, status])).toEqual([
      ['saml-certificate', 'pass'],
      ['identity-providers', 'pass'],
    ]);
    expect(findings(before(50))[0]?.slice(1, 3)).toEqual(['fail', 'medium']);
    expect(findings(before(-1))[0]?.slice(1, 3)).toEqual(['fail', 'high']);
    expect(findings(before(-1))[0]?.[3]).toMatch(/was valid until 2126-11-04: nobody can sign in/);
  });

  test('does not know it before it is deployed', () => {
    expect(findings(before(100), [ROLES_STACK])[0]?.[1]).toBe('unknown');
  });
});

test('without the stack, verify does not know the roles', () => {
  expect(failed(account({}, { suite: WELL.suite }))).toEqual(
    expect.arrayContaining(['people-roles: The stack with the roles is not deployed.']),
  );
});

describe('of sealed users, verify', () => {
  const config = { ...CONFIG, access: { ...CONFIG.access, breakGlass: ['glass-1', 'glass-2'] } };
  const users = [
    ...valueOf(WELL.people).users,
    inGroup('glass-1', 'BreakGlass'),
    inGroup('glass-2', 'BreakGlass'),
  ];
  const row = (user: string, passwordLastUsed?: Date) => ({
    ...{ user, hasPassword: true, hasMfa: true, accessKeys: [], certificates: [] },
    ...(passwordLastUsed && { passwordLastUsed }),
  });
  const findings = (all: readonly UserDetail[], confirmed: Snapshot['confirmed'] = {}) =>
    verify(
      {
        ...WELL,
        people: { value: { ...valueOf(WELL.people), users: all } },
        credentials: {
          value: [...valueOf(WELL.credentials), row('glass-1', new Date('2026-01-02')), row('glass-2')],
        },
        confirmed,
      },
      config,
    )
      .findings.filter(({ check }) => /^break-glass|^other-/.test(check))
      .map(({ check, status, detail }) => `${status} ${check}: ${detail}`);

  test('tells the last use, and when the drill is due', () => {
    expect(findings(users, { 'break-glass-drill': '2026-10-01' })).toEqual([
      'pass break-glass: glass-1 signed in last on 2026-01-02.',
      'pass break-glass: glass-2 has never signed in.',
      'pass break-glass-drill: The last drill was on 2026-10-01. The next is due on 2027-10-01.',
      'pass other-administrators: No other user or role has administrator rights.',
      'pass other-users: Every user is in the configuration or in another finding.',
    ]);
    expect(findings(users, { 'break-glass-drill': '2025-11-01' })).toContain(
      'manual break-glass-drill: The last drill was on 2025-11-01. The next was due on 2026-11-01.',
    );
    expect(findings(users)).toContain('manual break-glass-drill: No drill is recorded.');
  });

  test('finds who is missing, and who is among them', () => {
    expect(findings([inGroup('glass-1'), inGroup('mallory', 'BreakGlass')])).toEqual(
      expect.arrayContaining([
        'fail break-glass: glass-1 is not in the group BreakGlass.',
        'fail break-glass: There is no user glass-2.',
        'fail break-glass: mallory is in the group BreakGlass but not in the configuration.',
      ]),
    );
    expect(findings([{ UserName: 'glass-1' }])).toContain(
      'fail break-glass: glass-1 is not in the group BreakGlass.',
    );
  });
});

describe('preflight', () => {
  const ACCOUNT = 'arn:aws:iam::123456789012:user/alice';
  const SESSION = `arn:aws:sts::123456789012:assumed-role/${ADMINISTRATOR}/alice`;
  const plan = (
    arn: string,
    config: typeof ROLES,
    change: Partial<Pick<Snapshot, 'suite' | 'people'>> = {},
  ) =>
    planAccessMode(
      { ...account(), ...change, caller: { ...WELL.caller, arn } } as unknown as Parameters<
        typeof planAccessMode
      >[0],
      config,
    ).map(({ action, why, remedy }) => [action, why, remedy?.command]);

  test('says what the users of a new account will be, in mode roles only', () => {
    const suite = { value: [] };
    expect(plan(ACCOUNT, ROLES, { suite })).toEqual([
      [
        'info',
        'People get users that can only assume roles with MFA. Administrators read the first-time passwords as users.',
        undefined,
      ],
    ]);
    expect(plan(ACCOUNT, CONFIG, { suite })).toEqual([]);
  });

  test('stops a user whose own deployment would take their rights, and says what to do first', () => {
    expect(plan(ACCOUNT, ROLES, { suite: WELL.suite, people: WELL.people })).toEqual([
      [
        'stop',
        'The deployment takes the rights of users, and you are signed in as a user: the rest of it would fail.',
        'npx cdk deploy AccountBaseline-Roles && npx cdk deploy --all --profile administrator',
      ],
    ]);
  });

  test('lets the role go on', () => {
    expect(plan(SESSION, ROLES, { people: WELL.people })).toEqual([]);
    expect(plan(SESSION, ROLES)).toEqual([]);
  });

  test('stops a user who may only assume roles', () => {
    expect(plan(ACCOUNT, ROLES)).toEqual([
      [
        'stop',
        `Users may only assume roles, and you are signed in as a user: ${ACCOUNT}.`,
        'npx cdk deploy --all --profile administrator',
      ],
    ]);
    expect(plan(ACCOUNT, CONFIG)[0]?.[0]).toBe('stop');
  });

  test('keeps the roles on the way back until the deployment is complete', () => {
    expect(plan(SESSION, CONFIG)).toEqual([
      [
        'info',
        'The deployment gives users their rights again. Keep AccountBaseline-Roles until it is complete: you deploy with one of its roles.',
        expect.stringContaining('delete-stack --stack-name AccountBaseline-Roles'),
      ],
    ]);
  });

  test('lets a break-glass user go on', () => {
    const config = defineBaseline({
      administrators: ['alice', 'bob'],
      notifications: { emails: ['security@example.com'] },
      access: { mode: 'roles', breakGlass: ['glass-1', 'glass-2'] },
    });
    expect(plan('arn:aws:iam::123456789012:user/glass-1', config, { people: WELL.people })).toEqual([]);
  });

  test('says nothing about an account of users', () => {
    expect(plan(ACCOUNT, CONFIG, { suite: WELL.suite, people: WELL.people })).toEqual([]);
  });
});

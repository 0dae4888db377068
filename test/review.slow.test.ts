import { createHash } from 'node:crypto';
import { defineBaseline, type BaselineOptions } from '../lib/config/config';
import { STACK_KINDS } from '../lib/stacks/stack-kinds';
import { review } from '../scripts/docs/review';
import { acceptedFindings } from '../scripts/docs/review/findings';
import { functionsOf } from '../scripts/docs/review/functions';
import { identityPolicies, organizationPolicies, resourcePolicies } from '../scripts/docs/review/policies';
import { priceOf } from '../scripts/docs/review/cost';
import { purposeOf } from '../scripts/docs/review/purposes';
import { deployedElsewhere, resourcesOf, reviewed, type Reviewed } from '../scripts/docs/review/template';
import { conditionsOf, principalsOf, type Statement, targetsOf, text } from '../scripts/docs/review/words';
import { EVERYTHING, IDENTITY_CENTER } from './everything';
import { SMALLEST } from './smallest';

/** Configurations that between them make every resource. */
const CONFIGURATIONS: Readonly<Record<string, Partial<BaselineOptions>>> = {
  free: { profile: 'free' },
  standard: {},
  strict: { profile: 'strict' },
  everything: EVERYTHING,
  'an existing trail': { auditTrail: { existingLogGroup: 'theirs' } },
  'an existing trail and no key': {
    profile: 'strict',
    customerKey: false,
    auditTrail: { existingLogGroup: 'theirs' },
  },
  'a detection with an alarm of its own': {
    detections: { CallDenied: { threshold: 5 }, SignInFailed: { severity: 'high' } },
  },
};

describe.each(Object.entries(CONFIGURATIONS))('the templates of %s', (_, options) => {
  const stacks = reviewed(defineBaseline({ ...SMALLEST, ...options })).flatMap((stack) => [
    stack,
    ...[deployedElsewhere(stack) ?? []].flat(),
  ]);
  const all = stacks.flatMap((stack) =>
    resourcesOf(stack).map(([id, resource]) => ({ stack, id, resource })),
  );

  test('hold no resource without a purpose', () => {
    const unknown = all.filter(({ id, resource }) => !purposeOf(id, resource));
    expect(unknown.map(({ id, resource }) => `${id} (${resource.Type})`)).toEqual([]);
  });

  test('hold no resource without a price', () => {
    expect(() => all.map(({ resource }) => priceOf(resource))).not.toThrow();
  });

  test('hold no policy that cannot be put in words', () => {
    for (const stack of stacks) {
      for (const { of, statements } of [...identityPolicies(stack), ...resourcePolicies(stack)]) {
        expect(of.length).toBeGreaterThan(0);
        for (const one of statements) {
          expect(one.Sid).toMatch(/^\w+$/);
          expect(() => conditionsOf(one, stack)).not.toThrow();
        }
      }
    }
  });

  test('hold every policy document on a page', () => {
    // Written from the other end: whatever has a statement is one of the policies that the pages show.
    const shown = stacks.flatMap((stack) => [
      ...identityPolicies(stack),
      ...resourcePolicies(stack),
      ...organizationPolicies(stack),
    ]);
    const sids = new Set(shown.flatMap(({ statements }) => statements.map(({ Sid }) => Sid)));
    const written = [...JSON.stringify(stacks.map(({ template }) => template)).matchAll(/"Sid":"(\w+)"/g)];
    expect(written.map(([, sid = '']) => sid).filter((sid) => !sids.has(sid))).toEqual([]);
  });

  test('accept no finding without a reason', () => {
    const reasons = stacks.flatMap(acceptedFindings).map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === '')).toEqual([]);
  });
});

describe('a statement', () => {
  const [stack] = reviewed(defineBaseline(SMALLEST)) as [Reviewed];
  const statement = (more: Partial<Statement>): Statement => ({ Sid: 'One', Effect: 'Allow', ...more });

  test.each([
    [{ Bool: { 'aws:SecureTransport': 'false' } }, 'sent without TLS'],
    [{ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'signed in with MFA'],
    [
      { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
      '`aws:MultiFactorAuthPresent` is not in the request',
    ],
    [{ StringEquals: { a: ['1', '2'] }, ArnLike: { b: 'c*' } }, '`a` is `1` or `2`; and `b` matches `c*`'],
    [{ 'ForAllValues:StringNotEquals': { a: 'b' } }, '`a` does not contain `b`'],
  ])('with the condition %j applies when it is %s', (Condition, words) => {
    expect(conditionsOf(statement({ Condition }), stack)).toBe(words);
  });

  test('with an operator that has no words stops the page', () => {
    const one = statement({ Condition: { NumericLessThan: { a: '1' } } });
    expect(() => conditionsOf(one, stack)).toThrow('the condition operator NumericLessThan has no words');
  });

  test('names its principals', () => {
    const root = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } };
    expect(principalsOf(statement({ Principal: '*' }), stack)).toBe('everyone');
    expect(principalsOf(statement({ Principal: { AWS: '*' } }), stack)).toBe('`*`');
    expect(principalsOf(statement({ Principal: { Service: ['a', 'b'] } }), stack)).toBe('`a`, `b`');
    expect(principalsOf(statement({ Principal: root }), stack)).toMatch(/of this account/);
  });

  test('says that it leaves something out', () => {
    expect(targetsOf(statement({ NotResource: 'a' }), stack)).toBe('everything except `a`');
    expect(targetsOf(statement({ Resource: '*' }), stack)).toBe('any resource');
  });

  test('names the stack that a reference leads to', () => {
    const [config] = [defineBaseline(SMALLEST)];
    const alarms = reviewed(config).find(({ stackName }) => stackName.endsWith('-Alarms'));
    const json = JSON.stringify(alarms?.template);
    const [, reference = ''] = /("Fn::GetStackOutput":\{[^}]*\})/.exec(json) ?? [];
    expect(text(JSON.parse(`{${reference}}`), alarms ?? stack)).toMatch(
      /^\$\{\w+(\.Arn)?\} of AccountBaseline-Audit$/,
    );
  });
});

describe('a page', () => {
  test.each(STACK_KINDS)('of %s names every resource', (kind) => {
    const page = review(kind);
    const config = defineBaseline({
      ...SMALLEST,
      organization: ['Services', 'Organization', 'Members', 'OrganizationDetectors'].includes(kind)
        ? {
            id: 'o-a1b2c3d4e5',
            rootId: 'r-a1b2',
            ...(kind === 'OrganizationDetectors' && {
              delegatedAdministrator: { account: '222222222222', services: ['access-analyzer'] },
              detectors: {
                guardDuty: true,
                securityHub: true,
                accessAnalyzer: true,
                regions: ['eu-central-1'],
              },
            }),
          }
        : undefined,
      profile: kind === 'Detectors' ? 'strict' : 'standard',
      accountSettings: { removeDefaultVpcs: true, emptyDefaultSecurityGroups: true },
      federation: {
        identityCenter: {
          instanceArn: IDENTITY_CENTER.instanceArn,
          administrators: IDENTITY_CENTER.administrators,
        },
        pipelines: {
          github: [{ repository: 'example-co/account', rights: 'baseline', deploy: { branch: 'main' } }],
        },
      },
      access: {
        delegation: true,
        mode: kind === 'Roles' ? 'roles' : 'users',
        breakGlass: kind === 'BreakGlass' ? ['break-glass-1', 'break-glass-2'] : undefined,
      },
    });
    const stack = reviewed(config).find(({ stackName }) => stackName.endsWith(kind));
    const ids = Object.keys(stack?.template.Resources ?? {});
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id) => !page.includes(`| \`${id}\` |`))).toEqual([]);
  });

  test('has the hash and the files of the code as the template has it', () => {
    const [settings] = reviewed(defineBaseline(SMALLEST)) as [Reviewed];
    const [one] = functionsOf(settings);
    const { Code } = settings.template.Resources[one?.logicalId ?? '']?.Properties as {
      Code: { ZipFile: string };
    };
    const hash = createHash('sha256').update(Code.ZipFile, 'utf8').digest('hex');
    expect(review('Settings')).toContain(hash);
    expect(one?.sources).toContain('lib/settings/account-settings.handler.ts');
  });
});

import fc from 'fast-check';
import { templatesOf } from '../../lib/stacks/templates';
import { BaselineConfigError, type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { OPTIONS } from '../../scripts/docs/configuration';
import { validOptions } from './options';
import { type CloudFormationTemplate, danglingReferences } from './references';
import { runs } from './runs';

/** What is wrong with them, if they are refused in the way that people can read. */
function faultsOf(value: unknown): readonly string[] {
  try {
    defineBaseline(value as BaselineOptions);
    return [];
  } catch (error) {
    if (error instanceof BaselineConfigError) return error.faults;
    throw error;
  }
}

function objectsIn(value: unknown): object[] {
  return typeof value === 'object' && value !== null
    ? [value, ...Object.values(value).flatMap(objectsIn)]
    : [];
}

/** One line: where, what is wrong, what was received. */
const FAULT = /^[^\n\r]+: (is|must|needs|makes) [^\n\r]+$/;

function check(value: unknown): void {
  for (const fault of faultsOf(value)) expect(fault).toMatch(FAULT);
}

/** JSON as somebody may write it, such as with a key that JavaScript takes for something else. */
const json = fc.json({ maxDepth: 4 }).map((text): unknown => JSON.parse(text));

/** Puts a value somewhere into another one; a path may end in a key that was not there. */
function replace(whole: unknown, path: readonly number[], key: string, value: unknown): unknown {
  if (typeof whole !== 'object' || whole === null) return value;
  const entries = Object.entries(whole) as [string, unknown][];
  const [step = 0, ...rest] = path;
  const chosen = entries[step % (entries.length + 1)]?.[0] ?? key;
  if (Array.isArray(whole)) {
    return whole.map((item: unknown, index) =>
      String(index) === chosen ? replace(item, rest, key, value) : item,
    );
  }
  const old = entries.find(([name]) => name === chosen)?.[1];
  // As a parser does it: not even __proto__ is special.
  return Object.fromEntries([...entries, [chosen, path.length > 1 ? replace(old, rest, key, value) : value]]);
}

describe('what is no configuration', () => {
  test('is refused in lines that people can read, whatever JSON it is', () => {
    fc.assert(
      fc.property(json, (value) => {
        const faults = faultsOf(value);
        expect(faults).not.toEqual([]);
        for (const fault of faults) expect(fault).toMatch(FAULT);
      }),
      runs(300),
    );
  });

  test('is refused so wherever the mistake in it is', () => {
    const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'length', 'a b', 'a\nb'), fc.string());
    const path = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(validOptions, path, key, json, (valid, steps, name, value) => {
        check(replace(valid, steps, name, value));
      }),
      runs(400),
    );
  });
});

describe('a valid configuration', () => {
  test('is made of every option that there is, or the rest of this proves less', () => {
    const paths = (value: object, prefix = ''): string[] =>
      Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
        const path = prefix + name;
        return typeof child === 'object' && child !== null ? [path, ...paths(child, `${path}.`)] : [path];
      });
    const seen = new Set(fc.sample(validOptions, { numRuns: 300 }).flatMap((valid) => paths(valid)));
    expect(OPTIONS.map(({ path }) => path).filter((path) => !seen.has(path))).toEqual([]);
  });

  test('is accepted, stays the same when it is checked again, and is frozen', () => {
    fc.assert(
      fc.property(validOptions, (valid) => {
        expect(faultsOf(valid)).toEqual([]);
        const config = defineBaseline(valid);
        expect(defineBaseline(config as unknown as BaselineOptions)).toStrictEqual(config);
        expect(objectsIn(config).filter((object) => !Object.isFrozen(object))).toEqual([]);
      }),
      runs(100),
    );
  });

  test('becomes templates that refer to nothing that is not there and have everybody who is named', () => {
    fc.assert(
      fc.property(validOptions, (valid) => {
        const config = defineBaseline(valid);
        const templates = templatesOf(config).map(({ template }) => template as CloudFormationTemplate);
        expect(templates.flatMap(danglingReferences)).toEqual([]);
        const named = (type: string, property: string) =>
          templates
            .flatMap(({ Resources }) => Object.values(Resources))
            .flatMap(({ Type, Properties }) => (Type === type ? [String(Properties?.[property])] : []));
        const { administrators, billing, notifications, access } = config;
        const groups = [access.groupName, ...(billing.viewers.length > 0 ? ['BillingViewers'] : [])];
        // JavaScript puts the construct of a user such as 8 before those of others.
        const people = [...administrators, ...billing.viewers].sort();
        expect(named('AWS::IAM::User', 'UserName').sort()).toEqual(people);
        expect(named('AWS::IAM::Group', 'GroupName')).toEqual(groups);
        const { emails, httpsEndpoints } = notifications;
        expect(named('AWS::SNS::Subscription', 'Endpoint')).toEqual(
          expect.arrayContaining([...emails, ...httpsEndpoints]),
        );
      }),
      runs(4),
    );
  });
});

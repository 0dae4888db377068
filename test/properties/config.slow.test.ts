import fc from 'fast-check';
import { userNamesOf } from '../../lib/access/assumable-roles';
import { templatesOf } from '../../lib/stacks/templates';
import { BaselineConfigError, type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { REGIONS } from '../../lib/fields/regions';
import { OPTIONS } from '../../scripts/docs/configuration';
import { validOptions } from './options';
import { type CloudFormationTemplate, danglingReferences } from './references';
import { runs } from './runs';

/** What is wrong with them, if they are refused in the way that people can read. */
function errorsOf(value: unknown): readonly string[] {
  try {
    defineBaseline(value as BaselineOptions);
    return [];
  } catch (error) {
    if (error instanceof BaselineConfigError) return error.errors;
    throw error;
  }
}

function objectsIn(value: unknown): object[] {
  return typeof value === 'object' && value !== null
    ? [value, ...Object.values(value).flatMap(objectsIn)]
    : [];
}

/** One line: where, what is wrong, what was received. */
const ERROR = /^[^\n\r]+: (is|must|needs|makes) [^\n\r]+$/;

function check(value: unknown): void {
  for (const error of errorsOf(value)) expect(error).toMatch(ERROR);
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

describe('what is not a configuration', () => {
  test('is refused in lines that people can read, whatever JSON it is', () => {
    fc.assert(
      fc.property(json, (value) => {
        const errors = errorsOf(value);
        expect(errors).not.toEqual([]);
        for (const error of errors) expect(error).toMatch(ERROR);
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

describe('a mistake', () => {
  test('in a URL with a password does not show the password', () => {
    const part = fc.string({ maxLength: 4 });
    const path = fc.constantFrom(
      ['httpsEndpoints', 0],
      ['httpsEndpoints'],
      ['runbooks'],
      ['slack', 'channelId'],
    );
    const scheme = fc.constantFrom('https://', 'http://', 'https:', 'ftp://', 'https:\\\\', ' HTTPS:///');
    fc.assert(
      fc.property(path, scheme, part, part, part, ([option = '', key], start, user, before, after) => {
        const url = `${start}u${user}:${before}hunter2${after}p@example.com/`;
        // Such as https://u/:hunter2p@example.com/, where it is part of the path.
        fc.pre(!URL.canParse(url) || new URL(url).password !== '');
        const value = key === undefined ? url : key === 0 ? [url] : { [key]: url };
        const notifications = { emails: ['security@example.com'], [option]: value };
        const errors = errorsOf({ administrators: ['alice'], notifications });
        expect(errors).not.toEqual([]);
        expect(errors.join('\n')).not.toContain('hunter2');
      }),
      runs(400),
    );
  });

  test('in a Region is answered with one that exists', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz-0123456789')),
      maxLength: 2,
    });
    fc.assert(
      fc.property(fc.constantFrom(...REGIONS), fc.nat(), letters, ([...characters], index, typed) => {
        characters.splice(index % characters.length, 1, typed);
        const region = characters.join('');
        const errors = errorsOf({ administrators: ['alice'], notifications: { emails: ['a@b.io'] }, region });
        for (const error of errors) {
          const [, suggestion = 'us-east-1'] = /did you mean ([^?]+)\?/.exec(error) ?? [];
          expect(REGIONS).toContain(suggestion);
        }
        const [, number = ''] = /-(\d+)$/.exec(region) ?? [];
        if (Number(number) > 8 || number === '') expect(errors).toHaveLength(1);
      }),
      runs(300),
    );
  });
});

describe('a valid configuration', () => {
  test('contains every option, or the rest of this proves less', () => {
    const paths = (value: object, prefix = ''): string[] =>
      Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
        // The entries of a list have no name in the path.
        const path = Array.isArray(value) ? prefix.slice(0, -1) : prefix + name;
        return typeof child === 'object' && child !== null ? [path, ...paths(child, `${path}.`)] : [path];
      });
    const seen = new Set(fc.sample(validOptions, runs(300)).flatMap((valid) => paths(valid)));
    expect(OPTIONS.map(({ path }) => path).filter((path) => !seen.has(path))).toEqual([]);
  });

  test('is accepted, stays the same when it is checked again, and is frozen', () => {
    fc.assert(
      fc.property(validOptions, (valid) => {
        expect(errorsOf(valid)).toEqual([]);
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
            .flatMap(({ Type, Properties }) =>
              Type === type && Properties?.[property] !== undefined ? [Properties[property] as string] : [],
            );
        const { billing, notifications, access } = config;
        const groups = [
          access.groupName,
          ...(billing.viewers.length > 0 ? ['BillingViewers'] : []),
          ...(access.breakGlass ? ['BreakGlass'] : []),
        ];
        // JavaScript puts the construct of a user such as 8 before those of others.
        const people = userNamesOf(config).sort();
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

import { readFileSync } from 'node:fs';
import { PROFILES } from '../lib/config/profiles';
import { templatesOf } from '../lib/stacks/templates';
import { MOTO_CONFIGURATION } from '../scripts/judge/configurations';
import { EXCEPTIONS, type Exception } from '../scripts/judge/exceptions';
import { unexplained, unused } from '../scripts/judge/page';
import type { Verdict } from '../scripts/judge/verdict';
import { EVERYTHING } from './everything';
import { baselineTemplate } from './synth';

const OBJECTION = {
  judge: 'checkov',
  rule: 'CKV_AWS_158',
  title: 'Encrypt it',
  resource: 'Alarms/FunctionLogs',
};
const VERDICTS: readonly Verdict[] = [
  { judge: 'checkov', version: '3.2', seen: 'templates', objections: [OBJECTION] },
];
const EXCEPTION: Exception = {
  judge: 'checkov',
  rule: 'CKV_AWS_158',
  resources: ['Alarms/FunctionLogs'],
  reason: 'Contains error messages only.',
};

test('an objection is explained by an exception for its judge, rule, and resource', () => {
  expect(unexplained(VERDICTS, [EXCEPTION])).toEqual([]);
});

test.each<[string, Partial<Exception>]>([
  ['of another judge', { judge: 'cfn-guard' }],
  ['of another rule', { rule: 'CKV_AWS_1' }],
  ['for another resource', { resources: ['Summary/FunctionLogs'] }],
  ['without a reason', { reason: ' ' }],
])('an exception %s explains nothing', (_, change) => {
  expect(unexplained(VERDICTS, [{ ...EXCEPTION, ...change }])).toEqual([OBJECTION]);
});

test('an exception with a resource to which nobody objects is unused', () => {
  const wide = { ...EXCEPTION, resources: [...EXCEPTION.resources, 'Summary/FunctionLogs'] };
  expect(unused(VERDICTS, [EXCEPTION, wide])).toEqual([wide]);
});

test('each exception has a reason', () => {
  expect(EXCEPTIONS.filter(({ reason }) => !/^\S.*\S$/.test(reason))).toEqual([]);
});

describe('moto', () => {
  /** Types of the resources of templates, except custom resources, which are calls of a function. */
  const typesOf = (templates: readonly unknown[]): string[] => {
    const resources = templates.flatMap((template) =>
      Object.values((template as { Resources: Record<string, { Type: string }> }).Resources),
    );
    return [...new Set(resources.map(({ Type }) => Type))].filter((type) => !type.startsWith('Custom::'));
  };
  const asked = typesOf(templatesOf(MOTO_CONFIGURATION).map(({ template }) => template));

  test.each([...PROFILES.map((profile) => ({ profile })), EVERYTHING])(
    'is asked about every type that can be deployed: $profile',
    (options) => {
      const types = typesOf([baselineTemplate(options).toJSON()]);
      expect(types.filter((type) => !asked.includes(type))).toEqual([]);
    },
  );

  test('has a row for each of them, which says how to create and read it, or what it lacks', () => {
    const script = readFileSync('scripts/judge/moto_account.py', 'utf8');
    const rows = ['LACKING', 'MAKE'].flatMap((table) => {
      const text = new RegExp(`^${table} = \\{$(.*?)^\\}$`, 'ms').exec(script)?.[1] ?? '';
      return [...text.matchAll(/^ {4}"(AWS::\w+::\w+)": /gm)].map(([, type]) => type);
    });
    expect([...rows].sort()).toEqual([...asked].sort());
  });
});

import { z } from 'zod';
import { section } from '../../fields/basics';
import type { StackTemplate } from '../../stacks/templates';
import type { Adoption, Choice, Entry, Plan } from '../preflight/plan';

/** What people decided about the account, to be committed and reused without questions. */
export const PlanDocument = section({
  version: z.literal(1, 'must be 1'),
  /** The account that the decisions are about. */
  account: z
    .string('must be an account ID of 12 digits')
    .regex(/^\d{12}$/, 'must be an account ID of 12 digits'),
  /** ID of the choice, by what it is about, such as "Trail old". */
  decisions: z.record(z.string(), z.string('must be the ID of a choice'), 'must be an object'),
});
export type PlanDocument = z.infer<typeof PlanDocument>;

/** An entry of the plan that people decide about. */
export interface Decision {
  readonly entry: Entry;
  /** The safest first. */
  readonly choices: readonly Choice[];
}

/** A decision with its answer. */
export interface Answer extends Decision {
  readonly choice: Choice;
}

/** What is to be decided. */
export function decisionsOf({ entries }: Plan): Decision[] {
  return entries.flatMap((entry) => (entry.choices ? [{ entry, choices: entry.choices }] : []));
}

/** The choice of a document; undefined if it has none about this, or one that is no longer possible. */
export function decided(
  { entry, choices }: Decision,
  decisions: Readonly<Record<string, string>>,
): Choice | undefined {
  return choices.find(({ id }) => id === decisions[entry.what]);
}

/** What still stops the deployment. */
export function openOf({ entries }: Plan, answers: readonly Answer[]): Entry[] {
  return entries.filter((entry) => {
    if (entry.action !== 'stop' && entry.action !== 'gone') return false;
    const answer = answers.find((one) => one.entry === entry);
    return answer === undefined || answer.choice.isOpen === true;
  });
}

/** The options that the answers set. Lists that several of them set are merged. */
export function optionsOf(answers: readonly Answer[]): Adoption[] {
  const byPath = new Map<string, Adoption>();
  for (const option of answers.flatMap(({ choice }) => choice.options ?? [])) {
    const path = option.path.join('.');
    byPath.set(path, united(byPath.get(path), option));
  }
  return [...byPath.values()];
}

function united(before: Adoption | undefined, { path, value }: Adoption): Adoption {
  const isList = typeof before?.value === 'object' && typeof value === 'object';
  return { path, value: isList ? [...new Set([...before.value, ...value])] : value };
}

/** What `cdk import` is to find, by stack and logical ID: the identifiers of the existing resources. */
export type Imports = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

const Template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });

/**
 * The resources that the answers import, as the option `--resource-mapping` of `cdk import` takes them. What
 * has a name in the template is not among them: a user refers to the secret of the first-time password, which
 * is new, and an import cannot create it.
 *
 * @param stacks what would be deployed
 */
export function importsOf(stacks: readonly StackTemplate[], answers: readonly Answer[]): Imports {
  const wanted = answers.flatMap(({ choice }) => choice.imports ?? []);
  const byStack = stacks.map(({ stackName, template }) => {
    const found = Object.entries(Template.parse(template).Resources).flatMap(([id, { Type }]) => {
      const one = wanted.find(({ type }) => type === Type);
      return one ? [[id, one.identifier] as const] : [];
    });
    return [stackName, Object.fromEntries(found)] as const;
  });
  return Object.fromEntries(byStack.filter(([, mapping]) => Object.keys(mapping).length > 0));
}

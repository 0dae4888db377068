import { RegionInfo } from 'aws-cdk-lib/region-info';
import { holds } from '../posture/template-values';

/** Where a stack is deployed, as far as it is known. */
export interface Place {
  readonly region?: string;
  /** Account ID. */
  readonly account?: string;
  /**
   * Values of the template's parameters, such as the people of day zero.
   * @default - they are not known
   */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Lists of a policy statement that IAM reads in any order. The CDK sorts them by how they are written. */
const UNORDERED = ['Action', 'NotAction', 'Resource', 'NotResource'];

/**
 * A template in which what is the same in the account is written in the same way. A template names the
 * Region and its partition if the configuration names the Region; otherwise it has pseudo parameters.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export function comparable<T>(template: T, { region, account, parameters }: Place): T {
  const info = region === undefined ? undefined : RegionInfo.get(region);
  const values = new Map(
    Object.entries({
      ...parameters,
      'AWS::AccountId': account,
      'AWS::Partition': info?.partition,
      'AWS::Region': region,
      'AWS::URLSuffix': info?.domainSuffix,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const { Conditions = {}, Resources } = template as Conditional;
  const known: Known = {
    values,
    isMet: (Condition) => holds({ Condition }, Conditions, (name) => values.get(name)),
  };
  return rewritten(Resources ? { ...template, Resources: existing(Resources, known) } : template, known) as T;
}

/** The parts of a template with conditions. */
interface Conditional {
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Resources;
}

type Resources = Readonly<Record<string, { readonly Condition?: string }>>;

/** What is known where the template is deployed. */
interface Known {
  readonly values: ReadonlyMap<string, string>;
  /** Whether a condition is met; undefined if it depends on what is not known. */
  readonly isMet: (condition: string) => boolean | undefined;
}

/** The resources whose condition is met, and so no longer matters, or is not known. */
function existing(resources: Resources, { isMet }: Known): Resources {
  return Object.fromEntries(
    Object.entries(resources).flatMap(([id, resource]) => {
      const { Condition, ...others } = resource;
      const met = Condition === undefined ? undefined : isMet(Condition);
      if (met === undefined) return [[id, resource]];
      return met ? [[id, others]] : [];
    }),
  );
}

/** Stands for a missing property or item. */
const isNothing = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'Ref' in value && value.Ref === 'AWS::NoValue';

function rewritten(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, known)).filter((one) => !isNothing(one));
  if (typeof value !== 'object' || value === null) return value;
  const isStatement = 'Effect' in value;
  const entries = Object.entries(value).map(([key, one]) => {
    // What a condition leaves out is one of its arguments.
    const now =
      key === 'Fn::If' && Array.isArray(one)
        ? one.map((each) => rewritten(each, known))
        : rewritten(one, known);
    return [key, isStatement && UNORDERED.includes(key) ? sorted(now) : now] as const;
  });
  const [[key, argument] = [], ...others] = entries;
  const result = others.length > 0 ? undefined : called(key, argument, known);
  return result ?? Object.fromEntries(entries.filter(([, one]) => !isNothing(one)));
}

function sorted(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list
    .map((one: unknown) => [JSON.stringify(one), one] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, one]) => one);
}

/** The value of a function of CloudFormation, whose arguments are rewritten; undefined if it is not known. */
function called(key: string | undefined, argument: unknown, { values, isMet }: Known): unknown {
  if (key === 'Fn::If' && Array.isArray(argument)) {
    const [condition, met, otherwise] = argument as readonly unknown[];
    const is = isMet(String(condition));
    return is === undefined ? undefined : is ? met : otherwise;
  }
  if (typeof argument !== 'string') return undefined;
  if (key === 'Ref') return values.get(argument);
  if (key !== 'Fn::Sub') return undefined;
  const text = argument.replace(/\$\{([^!}][^}]*)\}/g, (all, name: string) => values.get(name) ?? all);
  // In Fn::Sub, `${!` stands for a literal `${`.
  return /\$\{[^!]/.test(text) ? { 'Fn::Sub': text } : text.replaceAll('${!', '${');
}

import { RegionInfo } from 'aws-cdk-lib/region-info';

/** Where a stack is deployed, as far as it is known. */
export interface Place {
  readonly region?: string;
  /** Account ID. */
  readonly account?: string;
}

/** Lists of a policy statement that IAM reads in any order. The CDK sorts them by how they are written. */
const UNORDERED = ['Action', 'NotAction', 'Resource', 'NotResource'];

/**
 * A template in which what is the same in the account is written in the same way. A template names the
 * Region and its partition if the configuration names the Region; otherwise it has pseudo parameters.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export function comparable<T>(template: T, { region, account }: Place): T {
  const info = region === undefined ? undefined : RegionInfo.get(region);
  const values = new Map(
    Object.entries({
      'AWS::AccountId': account,
      'AWS::Partition': info?.partition,
      'AWS::Region': region,
      'AWS::URLSuffix': info?.domainSuffix,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return rewritten(template, values) as T;
}

type Values = ReadonlyMap<string, string>;

function rewritten(value: unknown, values: Values): unknown {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, values));
  if (typeof value !== 'object' || value === null) return value;
  const isStatement = 'Effect' in value;
  const entries = Object.entries(value).map(([key, one]) => {
    const now = rewritten(one, values);
    return [key, isStatement && UNORDERED.includes(key) ? sorted(now) : now] as const;
  });
  const [[key, argument] = [], ...others] = entries;
  const known = others.length > 0 ? undefined : called(key, argument, values);
  return known ?? Object.fromEntries(entries);
}

function sorted(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list
    .map((one: unknown) => [JSON.stringify(one), one] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, one]) => one);
}

/** The value of a function of CloudFormation, whose arguments are rewritten; undefined if it is not known. */
function called(key: string | undefined, argument: unknown, values: Values): string | object | undefined {
  if (typeof argument !== 'string') return undefined;
  if (key === 'Ref') return values.get(argument);
  if (key !== 'Fn::Sub') return undefined;
  const text = argument.replace(/\$\{([^!}][^}]*)\}/g, (all, name: string) => values.get(name) ?? all);
  // In Fn::Sub, `${!` stands for a literal `${`.
  return /\$\{[^!]/.test(text) ? { 'Fn::Sub': text } : text.replaceAll('${!', '${');
}

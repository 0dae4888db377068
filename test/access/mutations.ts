import type { Statement } from '../../scripts/docs/managed-policies';

/** What is different, and the statement then; without one it is left out. */
export type Mutation = readonly [change: string, statement?: Statement];

/**
 * What somebody could change in a statement by mistake: all of it, a condition or a name of a list left out;
 * resources, principals or actions wider than meant.
 *
 * @param target ARN of the resource whose policy it is; undefined for policies of users and roles
 */
export function mutations(statement: Statement, target?: string): Mutation[] {
  return [['left out'], ...withoutCondition(statement), ...lessOne(statement), ...wider(statement, target)];
}

function withoutCondition({ Condition = {}, ...statement }: Statement): Mutation[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key): Mutation => {
      const others = { ...Condition, [operator]: without(keys, key) };
      return [`without the condition ${operator} ${key}`, { ...statement, Condition: others }];
    }),
  );
}

/** Each copy of a value that lacks one entry of a list in it. */
function lessOne<Value extends object>(value: Value): [string, Value][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (typeof inner !== 'object' || inner === null) return [];
    const less: [string, unknown][] = Array.isArray(inner)
      ? inner.map((one) => [`without ${String(one)}`, inner.filter((other) => other !== one)])
      : lessOne(inner);
    return less
      .filter(([, one]) => !Array.isArray(one) || one.length > 0)
      .map(([change, one]): [string, Value] => [`${key} ${change}`, { ...value, [key]: one }]);
  });
}

function wider(statement: Statement, target: string | undefined): Mutation[] {
  const { Effect, Resource } = statement;
  const actions = [statement.Action ?? []].flat();
  const resources = [Resource ?? '*'].flat();
  const all = target === undefined ? ['*'] : [target, `${target}/*`];
  const [service = ''] = actions[0]?.split(':') ?? [];
  return [
    ...(resources.some((resource) => resource === '*' || all.includes(resource))
      ? []
      : [['with all resources', { ...statement, Resource: all }] as const]),
    // A policy of users or roles is compared with all that they may do.
    ...(target === undefined || Effect === 'Deny' || actions.includes(`${service}:*`)
      ? []
      : [
          [`with all actions of ${service}`, { ...statement, Action: `${service}:*` }] as const,
          ['with all principals', { ...statement, Principal: '*' }] as const,
        ]),
  ];
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
}

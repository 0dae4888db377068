import { MANAGED_POLICIES, type Statement } from '../../scripts/docs/managed-policies';
import { type Mutation, mutations } from './mutations';
import { type Proof, proofs } from './proofs';
import { decideChecked } from './simulator';
import {
  identityPolicy,
  type Policy,
  resourcePolicy,
  substitute,
  type TemplatePolicies,
} from './template-policies';
import { standardPolicies, strictPolicies } from './templates';
import { eachOf } from '../each-of';

/** A statement of the baseline, and how the policies are if it is another. */
interface Mutant {
  readonly name: string;
  readonly statement: Statement;
  readonly target?: string;
  /** Requests that it can decide. */
  readonly proofs: readonly Proof[];
  readonly policies: (mutation: Mutation) => TemplatePolicies;
}

/** What AWS writes, and changes. */
const MANAGED = new Set(
  Object.values(MANAGED_POLICIES).flatMap(({ document }) =>
    document.Statement.map((one) => JSON.stringify(one)),
  ),
);

const STANDARD = mutants(standardPolicies(), proofs('standard'));
// What both profiles say is tried once.
const known = new Set(STANDARD.map(({ statement, target }) => JSON.stringify([statement, target])));
const STRICT = mutants(strictPolicies(), proofs('strict')).filter(
  ({ statement, target }) => !known.has(JSON.stringify([statement, target])),
);

const PROFILES = { standard: STANDARD, strict: STRICT };
for (const [profile, all] of Object.entries(PROFILES)) {
  eachOf(all, ({ name }) => name)(
    `no statement of the profile ${profile} can be changed without a row that notices`,
    ({ statement, target, proofs, policies }) => {
      const unnoticed = mutations(statement, target).filter((mutation) =>
        holds(policies(mutation), likeliestFirst(proofsOf(proofs, [statement, mutation[1]]), mutation[0])),
      );
      expect(unnoticed.map(([change]) => change)).toEqual([]);
    },
  );
}

// Else every change would seem to be noticed.
test.each([
  ['standard', standardPolicies(), proofs('standard')],
  ['strict', strictPolicies(), proofs('strict')],
] as const)('unchanged, the policies of the profile %s answer as the rows say', (_, policies, rows) => {
  expect(
    rows.filter((row) => !holds(policies, [row])).map(({ heading, title }) => `${heading} ${title}`),
  ).toEqual([]);
});

/** Whether IAM answers all requests as the rows say. */
function holds(policies: TemplatePolicies, proofs: readonly Proof[]): boolean {
  return proofs.every(({ actions, answer, ...request }) =>
    actions.every((action) => decideChecked(policies, request, action) === answer),
  );
}

/** The requests for actions that one of the statements names: the answer to others can't depend on them. */
function proofsOf(all: readonly Proof[], statements: readonly (Statement | undefined)[]): Proof[] {
  const named = statements.flatMap((one) => (one ? [one.Action ?? '*'].flat() : []));
  const isNamed = new RegExp(`^(${named.map((name) => name.replaceAll('*', '.*')).join('|')})$`, 'i');
  return all.flatMap((proof) => {
    const actions = proof.actions.filter((action) => isNamed.test(action));
    return actions.length > 0 ? [{ ...proof, actions }] : [];
  });
}

/** The requests that most likely notice a change first: those that have most in common with it. */
function likeliestFirst(proofs: readonly Proof[], change: string): Proof[] {
  const affinity = ({ actions, on }: Proof) => {
    const [resource = ''] = on.split('/');
    const [service = ''] = actions[0]?.split(':') ?? [];
    return [resource, `${service}:`, ...actions].filter((part) => change.includes(part)).length;
  };
  return [...proofs].sort((one, other) => affinity(other) - affinity(one));
}

function mutants(policies: TemplatePolicies, rows: readonly Proof[]): Mutant[] {
  const sub = (text: string) => substitute(text, policies.names);
  const proofs = rows.map((row) => ({ ...row, who: sub(row.who), on: sub(row.on) }));
  const seen = new Set(MANAGED);
  const identity = [...policies.identity].flatMap(([principal, documents]) =>
    documents.flatMap((document, index) =>
      statementsOf(document).flatMap(([label, statement, replace]): Mutant[] => {
        const key = JSON.stringify(statement);
        // What several principals have is tried with the first.
        if (seen.has(key)) return [];
        seen.add(key);
        const others = documents.map((one) => withoutShared(one, statement, principal));
        return [
          {
            name: `${principal}, ${label}`,
            statement,
            proofs: proofs.filter(({ who }) => who === principal),
            policies: ([, mutated]) => ({
              ...policies,
              identity: new Map([
                ...policies.identity,
                [
                  principal,
                  others.map((one, at) => (at === index ? identityPolicy(principal, replace(mutated)) : one)),
                ],
              ]),
            }),
          },
        ];
      }),
    ),
  );
  const resource = [...policies.resource].flatMap(([target, policy]) =>
    statementsOf(policy).map(([label, statement, replace]): Mutant => ({
      name: `${target}, ${label}`,
      statement,
      target,
      proofs: proofs.filter(({ on }) => on === target || on.startsWith(`${target}/`)),
      policies: ([, mutated]) => ({
        ...policies,
        resource: new Map([...policies.resource, [target, resourcePolicy(target, replace(mutated))]]),
      }),
    })),
  );
  return [...identity, ...resource];
}

/**
 * A policy without the actions that a statement allows on the same resources: each setting brings its own
 * policy, and two of them may need the same.
 */
function withoutShared(policy: Policy, { Effect, Action = [], Resource }: Statement, name: string): Policy {
  const { policyDocument } = policy;
  const isShared = (one: Statement) =>
    Effect === 'Allow' && one.Effect === 'Allow' && JSON.stringify(one.Resource) === JSON.stringify(Resource);
  if (!policyDocument.Statement.some(isShared)) return policy;
  const statements = policyDocument.Statement.flatMap((one) => {
    if (!isShared(one)) return one;
    const left = [one.Action ?? []].flat().filter((action) => ![Action].flat().includes(action));
    return left.length > 0 ? { ...one, Action: left } : [];
  });
  return identityPolicy(name, { ...policyDocument, Statement: statements });
}

/** Statements of a policy, each with its name and the policy that has another in its place. */
function statementsOf({ policyDocument }: Policy) {
  const { Statement: all } = policyDocument;
  return all.map((statement, index) => {
    const replace = (other: Statement | undefined) => ({
      ...policyDocument,
      Statement: all.flatMap((one, at) => (at === index ? (other ?? []) : one)),
    });
    return [statement.Sid ?? `statement ${index + 1}`, statement, replace] as const;
  });
}

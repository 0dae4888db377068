import type { Policy } from '../../lib/explain/evaluate';
import type { PolicyDocument, Statement } from '../../lib/explain/managed-policies';
import { mutations } from '../access/mutations';
import { type Proof, proofs } from '../access/proofs';
import { decideChecked } from '../access/simulator';
import {
  identityPolicy,
  resourcePolicy,
  substitute,
  type TemplatePolicies,
} from '../access/template-policies';
import { standardPolicies, strictPolicies } from '../access/templates';
import { answered } from './answer';

const PROFILES = [
  ['standard', standardPolicies()],
  ['strict', strictPolicies()],
] as const;

// test/access proves that the simulator gives these answers.
test.each(PROFILES)('answers every request as the rows of the profile %s say', (profile, policies) => {
  const rows = proofs(profile);
  expect(rows.length).toBeGreaterThan(800);
  const wrong = rows.flatMap(({ heading, title, actions, answer, ...request }) =>
    actions
      .filter((action) => answered(policies, request, action) !== answer)
      .map((action) => `${heading} ${title}: ${action}`),
  );
  expect(wrong).toEqual([]);
});

test.each(PROFILES)(
  'answers like the simulator when a statement of the profile %s changes',
  (profile, policies) => {
    const cases = mutants(policies, proofs(profile));
    expect(cases.length).toBeGreaterThan(300);
    const different = cases.flatMap(({ name, mutated, proof: { actions, ...request } }) => {
      const [action = ''] = actions;
      const theirs = decideChecked(mutated, request, action);
      return answered(mutated, request, action) === theirs ? [] : [`${name}: ${theirs} to ${action}`];
    });
    expect(different).toEqual([]);
  },
);

interface Mutant {
  readonly name: string;
  readonly mutated: TemplatePolicies;
  readonly proof: Proof;
}

/** Each change of a statement, with a request for an action that the statement names. */
function mutants(policies: TemplatePolicies, all: readonly Proof[]): Mutant[] {
  const { names, resolved } = policies;
  const rows = all.map((row) => ({ ...row, who: substitute(row.who, names), on: substitute(row.on, names) }));
  const seen = new Set<string>();
  const isNew = (statement: Statement) => {
    const key = JSON.stringify(statement);
    return !seen.has(key) && seen.add(key);
  };
  const changed = (
    { document }: Policy,
    target: string | undefined,
    proofsOf: readonly Proof[],
    policiesWith: (document: PolicyDocument) => TemplatePolicies,
  ): Mutant[] =>
    (document?.Statement ?? []).filter(isNew).flatMap((statement) =>
      mutations(statement, target).flatMap(([change, other]): Mutant[] => {
        const proof = proofsOf.find(({ actions: [action = ''] }) => isNamed(statement, action));
        if (!document || !proof) return [];
        const Statement = document.Statement.flatMap((one) => (one === statement ? (other ?? []) : one));
        const name = `${target ?? proof.who} ${statement.Sid ?? ''} ${change}`;
        return [{ name, mutated: policiesWith({ ...document, Statement }), proof }];
      }),
    );
  const ofPrincipals = resolved.principals.flatMap((principal) =>
    principal.policies.flatMap((policy) =>
      changed(
        policy,
        undefined,
        rows.filter(({ who }) => who === principal.arn),
        (document) => {
          const own = principal.policies.map((one) => (one === policy ? { ...policy, document } : one));
          return {
            ...policies,
            identity: new Map([
              [principal.arn, own.map((one, index) => identityPolicy(String(index), documentOf(one)))],
            ]),
            resolved: { ...resolved, principals: [{ ...principal, policies: own }] },
          };
        },
      ),
    ),
  );
  const ofResources = [...resolved.resource].flatMap(([target, policy]) =>
    changed(
      policy,
      target,
      rows.filter(({ on }) => on === target || on.startsWith(`${target}/`)),
      (document) => ({
        ...policies,
        resource: new Map([[target, resourcePolicy(target, document)]]),
        resolved: { ...resolved, resource: new Map([[target, { ...policy, document }]]) },
      }),
    ),
  );
  return [...ofPrincipals, ...ofResources];
}

function isNamed({ Action = '*' }: Statement, action: string): boolean {
  return [Action]
    .flat()
    .some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(action));
}

function documentOf({ name, document }: Policy): PolicyDocument {
  if (!document) throw new Error(`no copy of the ${name} is recorded`);
  return document;
}

import { eachOf } from '../each-of';
import { actionsNamed } from '../iam-actions';
import { type Proof, proofs } from './proofs';
import type { InProfile } from '../../scripts/docs/access-rows/request';
import { ROLES } from '../../scripts/docs/access-rows/roles';
import { decide } from './simulator';
import type { PolicyDocument } from '../../scripts/docs/managed-policies';
import { substitute, type TemplatePolicies } from './template-policies';

/** Proves that IAM answers what the rows say. */
export function proveProfile(profile: 'standard' | 'strict', policies: TemplatePolicies): void {
  const exists = ({ only }: InProfile) => only === undefined || only === profile;

  for (const [heading, under] of byHeading(proofs(profile))) {
    eachOf(under, ({ title }) => title)(heading, async ({ actions, answer, ...request }) => {
      const answers = await Promise.all(
        actions.map(async (action) => [action, await decide(policies, request, action)] as const),
      );
      expect(answers).toEqual(actions.map((action) => [action, answer]));
    });
  }

  eachOf(ROLES.filter(exists), ({ name }) => name)(
    'the policy of a role names what it may, and nothing else',
    async (row) => {
      const documents = policies.identity.get(substitute(`\${${row.role}.Arn}`, policies.names)) ?? [];
      const named = documents.flatMap((policy) => actionsOf(policy.policyDocument));
      const actual = await Promise.all(named.map(actionsNamed));
      expect(distinct(actual.flat())).toEqual(
        distinct(row.may.filter(exists).flatMap(({ actions }) => actions)),
      );
    },
  );
}

function byHeading(all: readonly Proof[]): Map<string, Proof[]> {
  const groups = new Map<string, Proof[]>();
  for (const proof of all) groups.set(proof.heading, [...(groups.get(proof.heading) ?? []), proof]);
  return groups;
}

/** What the statements of a role name. One that names what it does not allow would fail the comparison. */
function actionsOf({ Statement }: PolicyDocument): string[] {
  return Statement.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? (Action ?? ['NotAction']) : []));
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

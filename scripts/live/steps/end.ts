import { planRemoval } from '../../../lib/removal/plan';
import { readAccount } from '../../../lib/posture/collect/account';
import type { UpgradeTemplate } from '../../../lib/upgrade/compare';
import { isSo } from '../person';
import { cleanUp } from '../clean-up';
import { comparable, type Difference, differences } from '../snapshot';
import { expected, type Live, type Observation, type Step } from '../step';
import { BEFORE } from './begin';
import { DEPLOY_ALL } from './deploy';

/** What the removal keeps, by the type of the resource. */
const KEPT_NAMES = 'kept';
/** Whether termination protection is disabled already. */
const UNPROTECTED = 'unprotected';

/** The name and the type of a kept resource. */
export interface KeptResource {
  readonly type: string;
  readonly name: string;
}

export const END: readonly Step[] = [
  {
    id: 'remove',
    title: 'Remove the stacks',
    minutes: 12,
    // What it keeps is not deleted while a stack is left.
    isEssential: true,
    async run(live) {
      const { programs, recall, remember } = live;
      // Once a stack is gone, its names are unknown.
      if (recall(KEPT_NAMES) === undefined) remember(KEPT_NAMES, await keptOf(live));
      const changes = { terminationProtection: false };
      const observations: Observation[] = [];
      // Once stacks are gone, a deployment would create them again, with new keys and buckets.
      if (recall(UNPROTECTED) === undefined) {
        const unprotected = await programs.cdk(DEPLOY_ALL, changes);
        if (unprotected.code === 0) remember(UNPROTECTED, true);
        observations.push({
          what: 'Termination protection is disabled by a deployment',
          outcome: expected(unprotected.code === 0),
          detail: unprotected.code === 0 ? undefined : 'see programs.log',
          minutes: unprotected.minutes,
        });
        if (unprotected.code !== 0) return observations;
      }
      const { code, minutes } = await programs.cdk(['destroy', '--all', '--force'], changes);
      return [
        ...observations,
        {
          what: '`cdk destroy --all` succeeds',
          outcome: expected(code === 0),
          detail: code === 0 ? undefined : 'see programs.log',
          minutes,
        },
      ];
    },
  },
  {
    id: 'compare',
    title: 'Compare the account with the one from before',
    minutes: 2,
    async run(live) {
      const kept = (live.recall(KEPT_NAMES) ?? []) as KeptResource[];
      const found = await differencesOf(live);
      return [
        {
          what: 'Everything that the removal does not keep is as before',
          outcome: expected(found.every((one) => isKept(one, kept))),
          detail:
            found
              .filter((one) => !isKept(one, kept))
              .map(wordsOf)
              .join('; ') || `${found.length} kept`,
          answers: ['settings'],
        },
      ];
    },
  },
  {
    id: 'bill',
    title: 'Look at the bill',
    minutes: 1,
    run: async ({ person }) => [
      await isSo(
        person,
        'bill',
        'The bill of two days later has no line of AWS User Notifications, EventBridge, or Amazon Q Developer, and no surprise (answer - today, and add it to the issue with the report)',
        ['prices'],
      ),
    ],
  },
  {
    id: 'clean-up',
    title: 'Delete what the removal keeps',
    minutes: 5,
    // So that it is tried again, as long as something is left.
    isEssential: true,
    async run(live) {
      const kept = (live.recall(KEPT_NAMES) ?? []) as KeptResource[];
      const cleaned = await cleanUp(live, kept);
      const keys = kept.filter(({ type }) => type === 'AWS::KMS::Key').map(({ name }) => name);
      const byRoot: Observation[] = [];
      for (const key of keys) {
        byRoot.push(
          await isSo(
            live.person,
            'key',
            `As root, in CloudShell, \`aws kms schedule-key-deletion --pending-window-in-days 30 --key-id ${key}\` worked`,
            ['permissions'],
          ),
        );
      }
      const left = (await differencesOf(live)).filter((one) => !isServiceLinked(one));
      return [
        ...cleaned,
        ...byRoot,
        {
          what: 'Nothing else is left',
          outcome: expected(left.length === 0),
          detail: left.map(wordsOf).join('; ') || undefined,
        },
      ];
    },
  },
];

/** What a removal of the deployed stacks keeps, with names. */
async function keptOf({ clients, caller, config }: Live): Promise<KeptResource[]> {
  const { suite } = await readAccount(clients, caller, config);
  const stacks = 'value' in suite ? suite.value : [];
  const templates = Object.fromEntries(
    stacks.map(({ stack, template }) => [stack.StackName ?? '', template as UpgradeTemplate]),
  );
  const ids = new Map(
    stacks.flatMap(({ stack, resources }) =>
      resources.map(
        (one) =>
          [`${stack.StackName ?? ''}/${one.LogicalResourceId ?? ''}`, one.PhysicalResourceId ?? ''] as const,
      ),
    ),
  );
  return planRemoval(templates, ids).kept.flatMap(({ types: [type = ''], names }) =>
    names.map((name) => ({ type, name })),
  );
}

async function differencesOf(live: Live): Promise<Difference[]> {
  return differences(live.recall(BEFORE), await comparable(live));
}

/** Whether a resource of the plan of the removal, or what AWS creates once, is new. */
function isKept(one: Difference, kept: readonly KeptResource[]): boolean {
  if (isServiceLinked(one)) return true;
  const { added, removed } = one;
  return removed === undefined && kept.some(({ name }) => name === added);
}

/** Roles of services stay, as others may use them by then. */
const isServiceLinked = ({ where, added, removed }: Difference) =>
  where === 'roles' && removed === undefined && String(added).startsWith('/aws-service-role/');

function wordsOf({ where, added, removed }: Difference): string {
  const value = (one: unknown) => (typeof one === 'string' ? one : JSON.stringify(one));
  if (removed === undefined) return `${where}: ${value(added)} is new`;
  if (added === undefined) return `${where}: ${value(removed)} is gone`;
  return `${where}: ${value(removed)} became ${value(added)}`;
}

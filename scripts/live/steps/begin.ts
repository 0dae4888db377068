import { z } from 'zod';
import { comparable } from '../snapshot';
import { expected, type Step } from '../step';

const Plan = z.object({
  entries: z.array(z.object({ what: z.string(), action: z.string(), why: z.string() })),
});

/** Where `compare` finds the account from before. */
export const BEFORE = 'before';

export const BEGIN: readonly Step[] = [
  {
    id: 'preflight',
    title: 'Preflight',
    minutes: 2,
    isEssential: true,
    async run({ programs, recall }) {
      // Once something is deployed, the plan is another one.
      if (recall(BEFORE) !== undefined) return [];
      const { output, minutes } = await programs.baseline(['preflight']);
      const { entries } = Plan.parse(JSON.parse(output));
      const stops = entries.filter(({ action }) => action === 'stop');
      return [
        {
          what: 'Nothing stops the deployment',
          outcome: expected(stops.length === 0),
          detail: stops.map(({ what, why }) => `${what}: ${why}`).join('; ') || `${entries.length} entries`,
          minutes,
        },
      ];
    },
  },
  {
    id: 'before',
    title: 'Read the account as it is',
    minutes: 1,
    async run(live) {
      if (live.recall(BEFORE) === undefined) live.remember(BEFORE, await comparable(live));
      return [];
    },
  },
];

import type { State, StateFile } from './state';
import type { Live, Observation, Step } from './step';

/**
 * Runs the steps that are not finished, and saves the state after each.
 *
 * @returns false if an essential step failed, so that the others were not run
 */
export async function runSteps(
  steps: readonly Step[],
  live: Live,
  state: State,
  file: StateFile,
): Promise<boolean> {
  for (const step of steps) {
    const done = state.steps[step.id];
    if (!done) {
      live.say(`\n== ${step.title} (about ${step.minutes} min)`);
      const startedAt = new Date().toISOString();
      const observations = [...(await step.run(live))];
      for (const one of observations) live.say(lineOf(one));
      if (step.isEssential === true && observations.some(({ outcome }) => outcome === 'unexpected')) {
        // Not saved as finished: the next run tries it again.
        return false;
      }
      state.steps[step.id] = {
        startedAt,
        endedAt: new Date().toISOString(),
        observations: copies(observations),
      };
      file.write(state);
    }
  }
  return true;
}

function lineOf({ what, outcome, detail, minutes }: Observation): string {
  const more = [detail, minutes === undefined ? undefined : `${minutes} min`].filter(
    (one) => one !== undefined,
  );
  return `${outcome.padEnd(10)}  ${what}${more.length > 0 ? `: ${more.join('; ')}` : ''}`;
}

const copies = (all: readonly Observation[]) =>
  all.map(({ answers, ...one }) => ({ ...one, ...(answers ? { answers: [...answers] } : {}) }));

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
      const observations = [...(await observationsOf(step, live))];
      for (const one of observations) live.say(lineOf(one));
      if (step.isEssential === true && observations.some(({ outcome }) => outcome === 'unexpected')) {
        // Not saved as finished: the next run tries it again, and the report has both.
        const unexpected = observations.filter(({ outcome }) => outcome === 'unexpected');
        state.failed.push(...copies(unexpected));
        file.write(state);
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

/** Runs a step. If it throws, the person decides whether the others continue without it. */
async function observationsOf(step: Step, live: Live): Promise<readonly Observation[]> {
  try {
    return await step.run(live);
  } catch (error) {
    if (step.isEssential === true) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    const answer = await live.person.ask(
      `skip-${step.id}`,
      `This step failed: ${detail}. Press Enter to stop and try it again later, or type "skip" to continue without it:`,
    );
    if (answer !== 'skip') throw error;
    return [{ what: step.title, outcome: 'unanswered', detail }];
  }
}

function lineOf({ what, outcome, detail, minutes }: Observation): string {
  const more = [detail, minutes === undefined ? undefined : `${minutes} min`].filter(
    (one) => one !== undefined,
  );
  return `${outcome.padEnd(10)}  ${what}${more.length > 0 ? `: ${more.join('; ')}` : ''}`;
}

const copies = (all: readonly Observation[]) =>
  all.map(({ answers, ...one }) => ({ ...one, ...(answers ? { answers: [...answers] } : {}) }));

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Observation = z.object({
  what: z.string(),
  outcome: z.enum(['expected', 'unexpected', 'unanswered']),
  detail: z.string().optional(),
  minutes: z.number().optional(),
  answers: z.array(z.string()).optional(),
});

const Contents = z.object({
  account: z.string(),
  region: z.string(),
  /** The configuration, as JSON. */
  config: z.string(),
  startedAt: z.string(),
  /** Finished steps, by ID. */
  steps: z.record(
    z.string(),
    z.object({ startedAt: z.string(), endedAt: z.string(), observations: z.array(Observation) }),
  ),
  /** What was unexpected in tries of steps that did not end well; the steps were tried again. */
  failed: z.array(Observation).default([]),
  memory: z.record(z.string(), z.unknown()),
});

/** What is known of a run. */
export type State = z.infer<typeof Contents>;

/** A file with the state of a run, so that it can continue after an interruption. */
export class StateFile {
  private readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, 'state.json');
  }

  /**
   * The state of the run that was interrupted; undefined if there was none.
   *
   * @throws {Error} if the file cannot be read
   */
  read(): State | undefined {
    return existsSync(this.path) ? Contents.parse(JSON.parse(readFileSync(this.path, 'utf8'))) : undefined;
  }

  /** Replaces the file in one step, so that an interruption leaves the old state or the new one. */
  write(state: State): void {
    writeFileSync(`${this.path}.new`, JSON.stringify(state, undefined, 2));
    renameSync(`${this.path}.new`, this.path);
  }
}

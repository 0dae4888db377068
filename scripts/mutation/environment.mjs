// The environment of the tests, which ends a run at the first test that fails: the mutant is killed.
import { relative } from 'node:path';
import Environment from '../../test/jest/environment.mjs';

/** The run of one mutant, from worker.mjs. */
const run = () => globalThis.mutation;

export default class extends Environment {
  constructor(config, context) {
    if (run().killedBy) throw new Error('another suite killed the mutant');
    super(config, context);
    this.suite = relative(config.projectConfig.rootDir, context.testPath);
    process.send({ suite: this.suite });
  }

  handleTestEvent({ name, test, error }) {
    if (name === 'test_start' && run().killedBy) test.mode = 'skip';
    if (name === 'test_done' && test.errors.length > 0)
      this.#killed(test.errors.every(isLate) ? 'timeout' : this.suite);
    if (name === 'error' && error) this.#killed();
    if (name === 'run_finish') this.finished = true;
  }

  async teardown() {
    // A suite that could not even be loaded.
    if (!this.finished) this.#killed();
    await super.teardown();
  }

  #killed(by = this.suite) {
    run().killedBy ??= by;
  }
}

/** Whether Jest ended a test, which says nothing of the mutant if the machine is busy. */
function isLate(errors) {
  const [error] = [errors].flat();
  return /^Exceeded timeout of /.test(error?.message ?? error);
}

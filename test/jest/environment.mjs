// Node's environment of tests, in which large packages are loaded once for all suites of a worker.
import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

export default class extends TestEnvironment {
  async setup() {
    await super.setup();
    // For load-once.mjs.
    this.global.requireOnce = createRequire(import.meta.url);
    // Jest asks for 100 lines. The CDK takes a stack trace of each acknowledgement, and source maps make each line slow.
    Error.stackTraceLimit = 20;
    this.global.Error.stackTraceLimit = 20;
  }
}

// Node's environment of tests, in which large packages are loaded once for all suites of a worker.
import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

export default class extends TestEnvironment {
  async setup() {
    await super.setup();
    // For load-once.mjs.
    this.global.requireOnce = createRequire(import.meta.url);
    // The CDK takes a stack trace of each acknowledgement, and source maps make each of its lines slow.
    Error.stackTraceLimit = 5;
  }
}

// Node's environment of tests, in which what takes long is made once for all suites of a worker.
import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

const templates = new Map();

export default class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const { watch, watchAll } = config.globalConfig;
    // For test/synth.ts. A process that watches the sources would keep what they made before.
    this.global.templates = watch || watchAll ? new Map() : templates;
    // For load-once.mjs.
    this.global.requireOnce = createRequire(import.meta.url);
  }

  async setup() {
    await super.setup();
    // The CDK takes a stack trace of each acknowledgement, and source maps make each of its lines slow.
    Error.stackTraceLimit = 5;
  }
}

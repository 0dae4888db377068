// Node's environment of tests, in which what takes long is made once for all suites of a worker.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

// Elsewhere kept by scripts/mutation/worker.mjs, where the sources change between two runs.
globalThis.templates ??= new Map();
const require = createRequire(import.meta.url);

// Jest makes a storage for each suite, and Node before 24 asks all of them at every promise, also those of
// suites that are over.
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
  storages.add(this);
  return run.apply(this, args);
};

export default class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const { watch, watchAll } = config.globalConfig;
    // For test/synth.ts. A process that watches the sources would keep what they made before.
    this.global.templates = watch || watchAll ? new Map() : globalThis.templates;
    // For load-once.mjs.
    this.global.requireOnce = require;
  }

  async setup() {
    await super.setup();
    // The CDK takes a stack trace of each acknowledgement, and source maps make each of its lines slow.
    Error.stackTraceLimit = 5;
  }

  async teardown() {
    for (const storage of storages) storage.disable();
    storages.clear();
    // The CDK removes its temporary folders when the process ends. With hundreds of them, that takes longer than
    // Jest waits.
    require('aws-cdk-lib/cx-api').CloudAssembly.cleanupTemporaryDirectories();
    await super.teardown();
  }
}

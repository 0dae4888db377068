// Runs the suites of one mutant after the other in this process, which loads the large libraries once. It runs
// in a copy of the repository, because functions are bundled from files: a mutant has to be on disk.
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { runCLI } from 'jest';
import config from '../../jest.config.mjs';

// What kills a mutant once has to kill it again.
fc.configureGlobal({ seed: 1 });

const [unit] = config.projects;
const jest = JSON.stringify({
  ...unit,
  rootDir: process.cwd(),
  // Those of slow suites.
  testPathIgnorePatterns: [],
  testTimeout: config.testTimeout,
  testEnvironment: '<rootDir>/scripts/mutation/environment.mjs',
  testSequencer: '<rootDir>/scripts/mutation/sequencer.mjs',
  reporters: [],
});

async function killer({ file, content, suites }) {
  const original = readFileSync(file, 'utf8');
  // Templates that the environment keeps for all suites are those of this mutant.
  globalThis.templates = new Map();
  globalThis.mutation = { suites, killedBy: undefined };
  writeFileSync(file, content);
  try {
    const args = {
      config: jest,
      runTestsByPath: true,
      // A snapshot tells only that something changed.
      testNamePattern: '^(?!.*matches its snapshot)',
      runInBand: true,
      silent: true,
      ci: true,
      watchman: false,
    };
    const { results } = await runCLI({ ...args, _: suites, $0: 'jest' }, [process.cwd()]);
    if (!results.success) globalThis.mutation.killedBy ??= 'unknown';
    return globalThis.mutation.killedBy;
  } finally {
    writeFileSync(file, original);
  }
}

process.on('message', (task) => {
  killer(task).then(
    (killedBy) => process.send({ killedBy, memory: process.memoryUsage.rss() }),
    (error) => process.send({ error: String(error.stack) }),
  );
});

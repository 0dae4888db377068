/** What takes long and seldom fails alone: every action of AWS, every mutation, random configurations, whole stories. */
const SLOW = '\\.slow\\.test\\.ts$';
const LARGE = '(@cloud-copilot|aws-cdk-lib|cdk-nag|constructs|esbuild|fast-check|typescript|zod)/';

const shared = {
  testEnvironment: '<rootDir>/test/jest/environment.mjs',
  transform: {
    '^.+\\.ts$': ['ts-jest', {}],
    [`/node_modules/${LARGE}.*\\.c?js$`]: '<rootDir>/test/jest/load-once.mjs',
  },
  // The package that npm run package builds has the same name, and the site's build removes its package.json while
  // Jest may be listing the files.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.vitepress/'],
  transformIgnorePatterns: [`/node_modules/(?!${LARGE})`],
};

/** @type {import('jest').Config} */
export default {
  // A busy machine takes its time.
  testTimeout: 60_000,
  // Node frees the heap of a worker, up to 2 GB, after its last handler of `exit`. Jest's 500 ms are too few for that.
  workerGracefulExitTimeout: 10_000,
  // Of the tests without the emulator: npm run coverage. The e2e tests run the code in processes of their own.
  collectCoverageFrom: ['lib/**/*.ts'],
  coverageReporters: ['text-summary', 'html'],
  // A floor just under what is measured, so that it may rise and not sink.
  coverageThreshold: { global: { statements: 90, branches: 85, functions: 90, lines: 91 } },
  projects: [
    {
      ...shared,
      displayName: 'unit',
      setupFilesAfterEnv: ['<rootDir>/test/jest/no-secret-logged.ts'],
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '<rootDir>/test/browser/',
        '<rootDir>/test/e2e/',
        '<rootDir>/test/emulator/',
        '<rootDir>/test/live/',
        '<rootDir>/test/package/',
        SLOW,
      ],
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/{browser,e2e,emulator}/**/*.test.ts'],
      testPathIgnorePatterns: [SLOW],
      globalSetup: '<rootDir>/test/e2e/setup.ts',
    },
    {
      ...shared,
      displayName: 'slow',
      setupFilesAfterEnv: ['<rootDir>/test/jest/no-secret-logged.ts'],
      testMatch: ['<rootDir>/test/**/*.slow.test.ts'],
      globalSetup: '<rootDir>/test/e2e/setup.ts',
    },
    {
      ...shared,
      displayName: 'package',
      testMatch: ['<rootDir>/test/package/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'live',
      testMatch: ['<rootDir>/test/live/**/*.test.ts'],
      globalSetup: '<rootDir>/test/live/setup.ts',
    },
  ],
};

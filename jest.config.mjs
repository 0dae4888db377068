const shared = { testEnvironment: 'node', transform: { '^.+\\.ts$': ['ts-jest', {}] } };

/** @type {import('jest').Config} */
export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/emulator/'],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/emulator/**/*.test.ts'] },
  ],
};

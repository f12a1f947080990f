/** Tests stand beside what they test. Node's own ESM; `NODE_OPTIONS=--experimental-vm-modules` is set by `./journey test`. */
export default {
  testMatch: ['<rootDir>/{services,platform,policies,dashboard,argocd}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.journey/', '/dashboard/test/e2e/'],
  modulePathIgnorePatterns: ['<rootDir>/.journey/', '<rootDir>/dashboard/.next/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': ['@swc/jest', {
      jsc: { parser: { syntax: 'typescript', tsx: true, importAttributes: true }, target: 'es2024', transform: { react: { runtime: 'automatic' } }, experimental: { keepImportAttributes: true } },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    }],
  },
  testEnvironment: 'node',
  testSequencer: '<rootDir>/platform/cli/green/longest-first.config.mjs',
  // A worker keeps what it has loaded, and what it starts costs by its size (git: 5 ms from a small process, 50 ms from one of 200 MB): a large one is replaced after its file.
  workerIdleMemoryLimit: '300MB',
  // A deadline for what hangs, not a figure: on a busy machine a real server, git or Postgres may take seconds.
  testTimeout: 30_000,
  coverageProvider: 'babel',
  collectCoverageFrom: [
    '{services,platform,policies}/**/*.ts', '!**/*.test.ts', '!**/*.e2e.ts', '!**/*.type-test.ts', '!**/*.d.ts',
  ],
  coverageReporters: ['text-summary', 'json-summary', 'lcovonly'],
};

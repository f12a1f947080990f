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
  coverageProvider: 'babel',
  collectCoverageFrom: [
    '{services,platform,policies}/**/*.ts', '!**/*.test.ts', '!**/*.e2e.ts', '!**/*.type-test.ts', '!**/*.d.ts',
  ],
  coverageReporters: ['text-summary', 'json-summary', 'lcovonly'],
};

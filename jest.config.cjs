/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  moduleNameMapper: {
    // It ships ES modules only, which jest cannot require; node itself can.
    '^dinero\\.js$': '<rootDir>/node_modules/dinero.js/dist/umd/index.production.js',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }] },
  globalSetup: '<rootDir>/test/support/compile.setup.cjs',
  testTimeout: 30_000,
  maxWorkers: 2,
};

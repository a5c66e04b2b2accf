/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  // The long suites and those that need a browser or a pooler have scripts of their own: jest.long.config.cjs, test/*/jest.config.cjs.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(browser|pooler)/', '\\.long\\.spec\\.ts$'],
  moduleNameMapper: {
    // It ships ES modules only, which jest cannot require; node itself can.
    '^dinero\\.js$': '<rootDir>/node_modules/dinero.js/dist/umd/index.production.js',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }],
    // As above: ES modules only.
    'request-filtering-agent/.+\\.js$': [
      'ts-jest',
      { tsconfig: { allowJs: true, module: 'commonjs', isolatedModules: true } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!request-filtering-agent/lib/)'],
  globalSetup: '<rootDir>/test/support/compile-setup.cjs',
  // It ends a test that hangs; no test is expected to come near it, on a busy machine either.
  testTimeout: 180_000,
  maxWorkers: 2,
};

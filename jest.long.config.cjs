const base = require('./jest.config.cjs');

/** Suites of minutes: `npm run test:long`. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  testRegex: '\\.long\\.spec\\.ts$',
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 1_800_000,
};

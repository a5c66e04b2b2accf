const all = require('../../jest.config.cjs');

/** What `npm test` leaves out, so that it passes where nothing but Node is installed. @type {import('jest').Config} */
module.exports = {
  ...all,
  rootDir: '../..',
  roots: ['<rootDir>/test/pooler'],
  testPathIgnorePatterns: ['/node_modules/'],
};

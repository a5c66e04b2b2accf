const path = require('node:path');
const { compile, ROOT } = require('../../tools/compile.cjs');

const CACHE = path.join(ROOT, 'node_modules/.cache/durable-orders');

/**
 * Compiles src and test for processes that a test kills or measures: these run without jest.
 * @param {string} name folder of the output, below the cache, where node still finds the packages.
 * @returns {string} the output's path.
 */
function compileTests(name) {
  const outDir = path.join(CACHE, name);
  compile({ folders: ['src', 'test'], outDir, base: '.', specs: false });
  return outDir;
}

/** Global setup of jest. */
module.exports = () => void compileTests('compiled');
module.exports.compileTests = compileTests;

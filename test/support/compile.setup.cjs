const { execFileSync } = require('node:child_process');
const path = require('node:path');

/**
 * Tests that kill a process need one that runs without jest: the sources are compiled once per run, without checking
 * (that is the type check's work), to where node still finds the packages.
 */
module.exports = function compile() {
  const root = path.resolve(__dirname, '../..');
  const tsc = require.resolve('typescript/bin/tsc');
  const outDir = path.join(root, 'node_modules/.cache/durable-orders/compiled');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.json', '--noCheck', '--outDir', outDir], {
    cwd: root,
    stdio: 'inherit',
  });
};

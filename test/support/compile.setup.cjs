const { execFileSync } = require('node:child_process');
const { cpSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const FOR_JEST = path.join(root, 'node_modules/.cache/durable-orders/compiled');

/**
 * Processes that a test kills or measures run without jest: the sources are compiled once per run, without checking
 * (that is the type check's work), to where node still finds the packages.
 */
module.exports = function compile(outDir = FOR_JEST) {
  const tsc = require.resolve('typescript/bin/tsc');
  // jest hands its configuration to a global setup.
  const target = typeof outDir === 'string' ? outDir : FOR_JEST;
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.json', '--noCheck', '--outDir', target], {
    cwd: root,
    stdio: 'inherit',
  });
  // What the build copies beside the compiled sources (nest-cli.json).
  cpSync(path.join(root, 'src/dashboard/page'), path.join(target, 'src/dashboard/page'), { recursive: true });
};

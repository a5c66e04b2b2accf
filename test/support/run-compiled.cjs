const path = require('node:path');
const compile = require('./compile-setup.cjs');

/**
 * `node test/support/run-compiled.cjs <folder of test> [arguments]`: compiles the sources and runs that folder's main, in
 * this process, so that node's own flags hold for it. Its output folder is its own: jest may compile beside it.
 */
const root = path.resolve(__dirname, '../..');
const [folder, ...rest] = process.argv.slice(2);
const outDir = path.join(root, 'node_modules/.cache/durable-orders', `compiled-${folder}`);
compile(outDir);
const main = path.join(outDir, 'test', folder, 'main.js');
process.argv = [process.argv[0], main, ...rest];
require(main);

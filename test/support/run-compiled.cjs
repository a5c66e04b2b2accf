const path = require('node:path');
const { compileTests } = require('./compile-setup.cjs');

/**
 * `node test/support/run-compiled.cjs <folder of test> [arguments]`: compiles the sources and runs that folder's main, in
 * this process, so that node's own flags hold for it. Its output folder is its own: jest may compile beside it.
 */
const [folder, ...rest] = process.argv.slice(2);
const main = path.join(compileTests(`compiled-${folder}`), 'test', folder, 'main.js');
process.argv = [process.argv[0], main, ...rest];
require(main);

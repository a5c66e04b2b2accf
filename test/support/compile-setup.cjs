const { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

const root = path.resolve(__dirname, '../..');
const FOR_JEST = path.join(root, 'node_modules/.cache/durable-orders/compiled');

/**
 * Processes that a test kills or measures run without jest: the sources are compiled to where node still finds the
 * packages, file by file and without checking (that is the type check's work), only those that changed since, so that
 * running one spec does not wait for all.
 */
module.exports = function compile(outDir = FOR_JEST) {
  // jest hands its configuration to a global setup.
  const target = typeof outDir === 'string' ? outDir : FOR_JEST;
  const configFile = path.join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  for (const folder of ['src', 'test'])
    compileFolder(folder, target, { ...options, inlineSourceMap: true, sourceMap: false });
  // What the build copies beside the compiled sources (nest-cli.json).
  cpSync(path.join(root, 'src/dashboard/page'), path.join(target, 'src/dashboard/page'), { recursive: true });
};

function compileFolder(folder, target, compilerOptions) {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) compileFolder(name, target, compilerOptions);
    else if (name.endsWith('.ts') && !name.endsWith('.d.ts')) compileFile(name, target, compilerOptions);
  }
}

function compileFile(name, target, compilerOptions) {
  const source = path.join(root, name);
  const output = path.join(target, name.replace(/\.ts$/, '.js'));
  const changedAt = statSync(source).mtimeMs;
  if (changedAt <= (statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0)) return;
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions, fileName: source });
  mkdirSync(path.dirname(output), { recursive: true });
  // In one step: another run may be reading.
  const draft = `${output}.${process.pid}`;
  writeFileSync(draft, outputText);
  renameSync(draft, output);
}

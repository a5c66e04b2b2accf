/**
 * Compiles src to dist, file by file and only what changed: `npm run build`; `--watch` goes on and runs the service.
 *
 * It checks no types: `npm run typecheck` does, and each file compiles alone (`isolatedModules`). A manifest in dist says
 * which source each output came from, so that outputs of deleted sources go. Each output is written under a name of its own
 * and renamed, and the manifest comes last: an interrupted run is finished by the next one.
 */
'use strict';
const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
/** Files that nest-cli.json names as assets, and that are served as they are. */
const ASSETS = require(path.join(ROOT, 'nest-cli.json')).compilerOptions.assets;
const MANIFEST = '.compiled.json';

/**
 * @param {{ folders: string[], outDir: string, base: string, specs: boolean }} target compiles `folders` (below the
 * repository's root) to `outDir`, where a path is relative to `base`.
 * @returns {number} how many files were compiled.
 */
function compile({ folders, outDir, base, specs }) {
  const manifestFile = path.join(outDir, MANIFEST);
  const settings = settingsOf(specs);
  const manifest = readManifest(manifestFile);
  // Without a manifest nobody knows what lies there.
  if (manifest === null) rmSync(outDir, { recursive: true, force: true });
  const before = manifest?.settings === settings ? manifest.outputs : {};
  const after = {};
  const changed = [];
  for (const source of folders.flatMap((folder) => filesBelow(path.join(ROOT, folder)))) {
    const name = path.relative(path.join(ROOT, base), source);
    if (name.endsWith('.d.ts') || (!specs && name.endsWith('.spec.ts'))) continue;
    const isCode = name.endsWith('.ts');
    if (!isCode && !isAsset(path.relative(path.join(ROOT, 'src'), source))) continue;
    const { mtimeMs, size } = statSync(source);
    const stamp = `${mtimeMs}:${size}`;
    const output = isCode ? name.replace(/\.ts$/, '.js') : name;
    after[output] = stamp;
    if (before[output] !== stamp || !existsSync(path.join(outDir, output))) changed.push({ source, output, isCode });
  }
  const gone = Object.keys(manifest?.outputs ?? {}).filter((output) => !(output in after));
  if (changed.length === 0 && gone.length === 0) return 0;
  if (changed.some(({ isCode }) => isCode))
    transpile(
      changed.filter(({ isCode }) => isCode),
      outDir,
    );
  for (const { source, output, isCode } of changed) if (!isCode) put(path.join(outDir, output), readFileSync(source));
  for (const output of gone)
    for (const file of [output, `${output}.map`]) rmSync(path.join(outDir, file), { force: true });
  put(manifestFile, JSON.stringify({ settings, outputs: after }));
  return changed.length;
}

function transpile(files, outDir) {
  const ts = loadTypeScript();
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  for (const { source, output } of files) {
    const target = path.join(outDir, output);
    const { outputText, sourceMapText } = ts.transpileModule(readFileSync(source, 'utf8'), {
      compilerOptions: options,
      // The source map names the source from where the output lies.
      fileName: path.relative(path.dirname(target), source),
    });
    if (sourceMapText !== undefined) put(`${target}.map`, sourceMapText);
    put(target, outputText);
  }
}

/** An installation without development packages runs what was built before, and cannot build. */
function loadTypeScript() {
  try {
    return require('typescript');
  } catch {
    console.error('dist is missing or older than src, and the compiler is not installed.');
    console.error('Build with the development packages first: npm ci && npm run build && npm prune --omit=dev');
    process.exit(1);
  }
}

/** @returns {{ settings: string, outputs: Record<string, string> } | null} the stamp of the source of each output. */
function readManifest(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Every output is stale when this changes. */
function settingsOf(specs) {
  const hash = createHash('sha256').update(String(specs));
  for (const file of ['tsconfig.json', 'package-lock.json']) hash.update(readFileSync(path.join(ROOT, file)));
  return hash.update(readFileSync(__filename)).digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

function isAsset(name) {
  return ASSETS.some((pattern) => name.startsWith(pattern.replace(/\*.*$/, '')));
}

/** In one step: another process may be reading. */
function put(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

const DIST = { folders: ['src'], outDir: path.join(ROOT, 'dist'), base: 'src', specs: false };

/** Compiles after every change; node restarts the service when a file that it loaded has changed. */
function watchSources() {
  const { spawn } = require('node:child_process');
  compile(DIST);
  const service = spawn(process.execPath, ['--watch', '--enable-source-maps', 'dist/main.js'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  service.on('exit', (code) => process.exit(code ?? 0));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.kill(signal));
  let waiting = null;
  watch(path.join(ROOT, 'src'), { recursive: true }, () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => console.log(`compiled ${compile(DIST)} files`), 50);
  });
}

module.exports = { compile, ROOT };

if (require.main === module) {
  // An image may hold dist alone.
  if (process.argv.includes('--watch')) watchSources();
  else if (existsSync(path.join(ROOT, 'src'))) compile(DIST);
}

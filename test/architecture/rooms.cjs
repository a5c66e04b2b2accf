/**
 * Checks the size and the names of the files in src: `npm run rooms`; `--selftest` proves that each rule can fail.
 *
 * - No file is longer than 300 lines (the generated API schema aside).
 * - No folder holds more than 20 files.
 * - A name is kebab-case; only a Nest role is set apart by a dot.
 * - No two names differ by one letter or by the order of their words: a reader would take one for the other.
 */
'use strict';
const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const LONGEST_FILE = 300;
const LARGEST_FOLDER = 20;
const GENERATED = new Set(['src/api/api-schema.ts']);
const ROLES = 'controller|decorator|dto|entity|filter|gateway|guard|interceptor|module|pipe|port|service';
const NAME = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(\\.(${ROLES}))?(\\.spec)?\\.ts$`);

/** @param {{ file: string, lines: number }[]} sources @returns {string[]} one sentence for each fault. */
function faultsOf(sources) {
  const faults = [];
  const folders = new Map();
  for (const { file, lines } of sources) {
    const folder = path.posix.dirname(file);
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
    if (lines > LONGEST_FILE && !GENERATED.has(file)) faults.push(`${file} has ${lines} lines.`);
    if (file.endsWith('.ts') && !NAME.test(path.posix.basename(file)))
      faults.push(`${file} is not named in kebab-case.`);
  }
  for (const [folder, count] of folders) if (count > LARGEST_FOLDER) faults.push(`${folder} holds ${count} files.`);
  const stems = [
    ...new Set(
      sources
        .map(({ file }) => path.posix.basename(file))
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
        .map((name) => name.slice(0, -'.ts'.length)),
    ),
  ];
  stems.forEach((one, index) => {
    for (const other of stems.slice(index + 1)) {
      if (areAlike(one, other)) faults.push(`${one} and ${other} are easily taken for each other.`);
    }
  });
  return faults;
}

const wordsOf = (stem) => stem.split(/[-.]/).sort().join(' ');

function areAlike(one, other) {
  return wordsOf(one) === wordsOf(other) || differByOneLetter(one, other);
}

function differByOneLetter(one, other) {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}

function sourcesOf(root) {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && existsSync(path.join(root, file)))
    .map((file) => ({ file, lines: readFileSync(path.join(root, file), 'utf8').split('\n').length - 1 }));
}

/** Each breaks one rule. */
const MUTANTS = {
  'a file of 301 lines': [{ file: 'src/a/long.ts', lines: 301 }],
  'a folder of 21 files': [...'abcdefghijklmnopqrstu'].map((letter) => ({
    file: `src/a/${letter.repeat(9)}.ts`,
    lines: 1,
  })),
  'a dotted name without a role': [{ file: 'src/a/order.machine.ts', lines: 1 }],
  'a name in camel case': [{ file: 'src/a/orderMachine.ts', lines: 1 }],
  'names that differ by a letter': [
    { file: 'src/a/outbox.ts', lines: 1 },
    { file: 'src/b/outboxs.ts', lines: 1 },
  ],
  'names that differ by the order of their words': [
    { file: 'src/a/order-list.ts', lines: 1 },
    { file: 'src/b/list-order.ts', lines: 1 },
  ],
};
const ALLOWED = [
  { file: 'src/a/order.controller.ts', lines: 300 },
  { file: 'src/a/order.controller.spec.ts', lines: 300 },
  { file: 'src/b/index.ts', lines: 1 },
  { file: 'src/c/index.ts', lines: 1 },
];

function selftest() {
  const missed = Object.entries(MUTANTS).filter(([, sources]) => faultsOf(sources).length !== 1);
  for (const [what] of missed) console.error(`MISSED  ${what}`);
  const wrong = faultsOf(ALLOWED);
  for (const fault of wrong) console.error(`WRONG   ${fault}`);
  const count = Object.keys(MUTANTS).length;
  console.log(`${count} mutants, ${count - missed.length} caught`);
  return missed.length + wrong.length;
}

function check() {
  const sources = sourcesOf(path.resolve(__dirname, '../..'));
  const faults = faultsOf(sources);
  for (const fault of faults) console.error(fault);
  console.log(`${sources.length} files, ${faults.length} faults`);
  return faults.length;
}

process.exitCode = (process.argv.includes('--selftest') ? selftest() : check()) === 0 ? 0 : 1;

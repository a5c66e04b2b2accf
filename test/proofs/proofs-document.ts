import path from 'node:path';
import type { SourceTree } from '../docs/source-tree.js';
import { invariantsOf, promisesOf, type Promised } from './promises.js';
import { suitesRunning } from './suites-running.js';
import { taggedTests, type TaggedTest } from './tagged-tests.js';

const HEAD = `# Proofs

Written by \`npm run docs\` from the titles of the tests; \`npm run docs:check\` fails when this page differs. A title with \`(G4)\` proves
promise G4 of [GUARANTEES.md](GUARANTEES.md), and one with \`(invariant 2)\` invariant 2 of [ARCHITECTURE.md](ARCHITECTURE.md#invariants).
A tag on a group counts for each test in it.

\`npx jest <suite>\` runs a suite, \`npm run test:long -- <suite>\` one that is called \`*.long.spec.ts\`; \`-t "<title>"\` picks a test. "×" is how often a test is repeated with other values. "Cases" are what one test goes through by itself: the test counts them,
prints the number and fails when it is another.
`;

/** docs/PROOFS.md: for each promise its suites, with their tests and the number of cases. */
export function proofsDocument(tree: SourceTree): string {
  const tests = taggedTests(tree);
  const promises = promisesOf(tree);
  const sections = [...promises, ...invariantsOf(tree)].map((promised) => ({
    promised,
    proofs: tests.filter(({ tags }) => tags.includes(promised.tag)),
  }));
  return [
    HEAD,
    '| promise | suites | tests | cases |',
    '| --- | --- | --- | --- |',
    ...sections.slice(0, promises.length).map(({ promised, proofs }) => summaryOf(promised, proofs)),
    '',
    ...sections.flatMap(({ promised, proofs }) => sectionOf(promised, proofs, tree)),
  ].join('\n');
}

function summaryOf({ tag, title }: Promised, proofs: readonly TaggedTest[]): string {
  const suites = new Set(proofs.map(({ file }) => file)).size;
  const isOpen = proofs.some((test) => test.tests === null);
  const tests = proofs.reduce((sum, test) => sum + (test.tests ?? 1), 0);
  const cases = proofs.reduce((sum, test) => sum + (typeof test.cases === 'number' ? test.cases : 0), 0);
  const anchor = headingOf(tag, title)
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
  const counts = [suites, isOpen ? `${grouped(tests)} and more` : grouped(tests), cases === 0 ? '' : grouped(cases)];
  return `| [${tag} ${title}](#${anchor}) | ${counts.join(' | ')} |`;
}

function sectionOf({ tag, title, link }: Promised, proofs: readonly TaggedTest[], tree: SourceTree): readonly string[] {
  const files = [...new Set(proofs.map(({ file }) => file))].sort();
  return [
    `## ${headingOf(tag, title)}`,
    '',
    ...(tag.startsWith('G') ? [`[What is promised, and what is not](${link})`, ''] : [title, '']),
    ...files.flatMap((file) => [suiteOf(file, tree), ...proofs.filter((test) => test.file === file).map(itemOf)]),
    '',
  ];
}

/** The text of an invariant is too long for a heading. */
function headingOf(tag: string, title: string): string {
  return tag.startsWith('G') ? `${tag} ${title}` : `I${tag.slice(1)}`;
}

function suiteOf(file: string, tree: SourceTree): string {
  const runners = file.endsWith('.spec.ts') ? [] : suitesRunning(file, tree).map((suite) => path.posix.basename(suite));
  const note = runners.length === 0 ? '' : `, run by ${runners.join(', ')}`;
  return `- [${path.posix.basename(file)}](../${file}) in ${path.posix.dirname(file)}${note}`;
}

function itemOf({ titles, tests, cases }: TaggedTest): string {
  const times = tests === null ? ' (× each row of a table)' : tests === 1 ? '' : ` (× ${grouped(tests)})`;
  const count = typeof cases === 'number' ? ` (${grouped(cases)} cases)` : '';
  return `  - ${titles.map(escaped).join(' › ')}${times}${count}`;
}

/** Titles hold placeholders and names that Markdown would take for marks. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]]/g, '\\$&');
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

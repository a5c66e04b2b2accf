import path from 'node:path';
import type { SourceTree } from '../docs/source-tree.js';

export const GUARANTEES = 'docs/GUARANTEES.md';
const ARCHITECTURE = 'docs/ARCHITECTURE.md';

/** What a tag in a test's title may name: `G4` of GUARANTEES.md, or `invariant 2` of ARCHITECTURE.md. */
export interface Promised {
  readonly tag: string;
  /** Without the number. */
  readonly title: string;
  /** Relative to docs/. */
  readonly link: string;
  readonly file: string;
  readonly line: number;
  /** The suites that the document names for it, relative to the root. */
  readonly suites: readonly string[];
}

/** `## G4 Money and goods`: one promise, in the order of the document. */
export function promisesOf(tree: SourceTree): readonly Promised[] {
  const text = tree.read(GUARANTEES);
  return [...text.matchAll(/^## (G\d+) (.+)$/gm)].map((heading) => {
    const [line = '', tag = '', title = ''] = heading;
    const [section = ''] = text.slice(heading.index + line.length).split('\n## ');
    const anchor = `${tag} ${title}`.toLowerCase().replaceAll(/[^\w\s-]/g, '');
    return {
      tag,
      title,
      link: `${path.posix.basename(GUARANTEES)}#${anchor.replaceAll(' ', '-')}`,
      file: GUARANTEES,
      line: lineOf(text, heading.index),
      suites: [...section.matchAll(/\]\(\.\.\/((?:src|test)\/[\w./-]+-contract\.ts|[\w./-]+\.spec\.ts)\)/g)].map(
        ([, name = '']) => name,
      ),
    };
  });
}

/** `2. **What a turn decided …**`: one invariant of the runtime. */
export function invariantsOf(tree: SourceTree): readonly Promised[] {
  const text = tree.read(ARCHITECTURE);
  const start = text.indexOf('\n## Invariants\n');
  if (start === -1) return [];
  const [section = ''] = text.slice(start + 1).split(/\n## (?!Invariants)/);
  return [...section.matchAll(/^(\d+)\. \*\*(.+?)\*\*$/gms)].map((item) => ({
    tag: `invariant ${item[1] ?? ''}`,
    title: (item[2] ?? '').replaceAll(/\s+/g, ' '),
    link: `${path.posix.basename(ARCHITECTURE)}#invariants`,
    file: ARCHITECTURE,
    line: lineOf(text, start + 1 + item.index),
    suites: [],
  }));
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

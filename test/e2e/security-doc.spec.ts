import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '../../docs');
const text = readFileSync(join(DOCS, 'SECURITY.md'), 'utf8');

/** `[name](path)`, and the titles in quotes that follow it. */
const PROOF = /\[[^\]]+\]\((\.\.\/[^)]+)\)((?:,? "[^"]+")*)/g;

describe('The threat table of docs/SECURITY.md', () => {
  const proofs = [...text.matchAll(PROOF)].map(([, file = '', titles = '']) => ({
    file,
    titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
  }));

  it('the table cites files that exist and tests that these files have', () => {
    expect(proofs.flatMap(({ titles }) => titles).length).toBeGreaterThan(20);
    for (const { file, titles } of proofs) {
      expect([file, existsSync(join(DOCS, file))]).toEqual([file, true]);
      const source = readFileSync(join(DOCS, file), 'utf8');
      expect([file, titles.filter((title) => !source.includes(title))]).toEqual([file, []]);
    }
  });

  it('the table cites a test for every threat', () => {
    const [, table = ''] = text.split('## Threats');
    const rows = (table.split('## ')[0] ?? '')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (-|threat)/.test(line));
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !row.includes('.spec.ts'))).toEqual([]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '../../docs');
const text = readFileSync(join(DOCS, 'SECURITY.md'), 'utf8');

/** `[name](path)`, and the titles in quotes that follow it. */
const PROOF = /\[[^\]]+\]\((\.\.\/[^)]+)\)((?:,? "[^"]+")*)/g;

describe('the threat table', () => {
  const proofs = [...text.matchAll(PROOF)].map(([, file = '', titles = '']) => ({
    file,
    titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
  }));

  it('cites files that exist and tests that they hold', () => {
    expect(proofs.flatMap(({ titles }) => titles).length).toBeGreaterThan(20);
    for (const { file, titles } of proofs) {
      expect([file, existsSync(join(DOCS, file))]).toEqual([file, true]);
      const source = readFileSync(join(DOCS, file), 'utf8');
      expect([file, titles.filter((title) => !source.includes(title))]).toEqual([file, []]);
    }
  });

  it('names a test for every threat', () => {
    const [, table = ''] = text.split('## Threats');
    const rows = (table.split('## ')[0] ?? '')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (-|threat)/.test(line));
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !row.includes('.spec.ts'))).toEqual([]);
  });
});

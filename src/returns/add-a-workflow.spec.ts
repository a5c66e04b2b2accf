import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** A block of code below the name of the file it is from. */
const EXCERPT = /^`(?<file>[\w./-]+)`\n\n```ts\n(?<code>.*?)\n```$/gms;

describe('docs/ADD_A_WORKFLOW.md', () => {
  const excerpts = [...read('docs/ADD_A_WORKFLOW.md').matchAll(EXCERPT)].map(({ groups }) => ({
    file: groups?.['file'] ?? '',
    code: groups?.['code'] ?? '',
  }));

  it('shows each file of the workflow', () => {
    expect(excerpts.map(({ file }) => path.basename(file))).toEqual([
      'return.machine.ts',
      'return.registration.ts',
      'return.controller.ts',
      'returns.module.ts',
      'app.module.ts',
    ]);
  });

  it.each(excerpts)('shows $file as it is', ({ file, code }) => {
    expect(read(file)).toContain(code);
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { excerptsOf } from './excerpts.js';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

describe('docs/EXTENDING.md', () => {
  const excerpts = excerptsOf(read('docs/EXTENDING.md'));

  it('shows each file of the workflow', () => {
    expect(excerpts.map(({ file }) => path.basename(file))).toEqual([
      'return-machine.ts',
      'return-registration.ts',
      'return.controller.ts',
      'returns.module.ts',
      'app.module.ts',
    ]);
  });

  it.each(excerpts)('shows $file as it is', ({ file, code }) => {
    expect(read(file)).toContain(code);
  });
});

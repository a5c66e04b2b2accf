import { driftOf } from './generated-documents.js';

describe('driftOf', () => {
  const wanted = new Map([['docs/A.md', 'as it is\n']]);

  it('finds nothing where the file is what the code would write', () => {
    expect(driftOf(wanted, () => 'as it is\n')).toEqual([]);
  });

  it.each([['as it was\n'], ['as it is'], [null]])('reports a file that holds %j', (text) => {
    expect(driftOf(wanted, () => text)).toEqual(['docs/A.md differs from the code; run: npm run docs']);
  });
});

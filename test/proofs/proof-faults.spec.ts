import { treeOf } from '../docs/source-tree.js';
import { proofFaults } from './proof-faults.js';

const PROVEN = {
  'docs/GUARANTEES.md':
    '# G\n\n## G1 First\n\nSuites: [a.spec.ts](../src/a.spec.ts).\n\n## G2 Second\n\nText.\n\n## How\n\n[b.spec.ts](../src/b.spec.ts)\n',
  'docs/ARCHITECTURE.md':
    '# A\n\n## Invariants\n\n1. **One.**\n2. **Two\n   lines.**\n\n## More\n\n3. **No invariant.**\n',
  'src/a.spec.ts': "it('a (G1, invariants 1, 2)', f);",
  'src/b.spec.ts': "it('b (G2)', f);",
};

describe('proofFaults', () => {
  it('finds nothing where each promise has a test and each tag a promise', () => {
    expect(proofFaults(treeOf(PROVEN))).toEqual([]);
  });

  it.each([
    ['a promise without a test', 'docs/GUARANTEES.md:7', 'promises (G2), which no test proves', "it('b', f);"],
    [
      'a promise whose only test is skipped',
      'docs/GUARANTEES.md:7',
      'promises (G2), which no test proves',
      "it.skip('b (G2)', f);",
    ],
    ['a skipped proof', 'src/b.spec.ts:2', 'is skipped, and proves nothing', "it('b (G2)', f);\nit.skip('c (G2)', f);"],
    [
      'a tag that names no promise',
      'src/b.spec.ts:1',
      'proves (G3), which docs/GUARANTEES.md and its invariants do not promise',
      "it('b (G2, G3)', f);",
    ],
    [
      'an invariant that does not exist',
      'src/b.spec.ts:1',
      'proves (invariant 3), which docs/GUARANTEES.md and its invariants do not promise',
      "it('b (G2, invariant 3)', f);",
    ],
    [
      'a number of cases that cannot be read',
      'src/b.spec.ts:1',
      'registers cases with an expression: write the number',
      "it('b (G2)', () => { registerCases(n, n); });",
    ],
  ])('reports %s', (_, place, message, suite) => {
    const faults = proofFaults(treeOf({ ...PROVEN, 'src/b.spec.ts': suite }));
    expect(faults.map((fault) => `${fault.file}:${fault.line} ${fault.message}`)).toContain(`${place} ${message}`);
  });

  it('reports a suite that GUARANTEES.md names for a promise, and that has no test of it', () => {
    const moved = {
      ...PROVEN,
      'src/a.spec.ts': "it('a (invariants 1, 2)', f);",
      'src/b.spec.ts': "it('b (G1, G2)', f);",
    };
    expect(proofFaults(treeOf(moved))).toEqual([
      { file: 'docs/GUARANTEES.md', line: 3, message: 'names src/a.spec.ts, which has no test of (G1)' },
    ]);
  });

  it('reports a gap in the numbers', () => {
    const gap = PROVEN['docs/GUARANTEES.md'].replace('G2', 'G3');
    expect(proofFaults(treeOf({ ...PROVEN, 'docs/GUARANTEES.md': gap, 'src/b.spec.ts': "it('b (G3)', f);" }))).toEqual([
      { file: 'docs/GUARANTEES.md', line: 7, message: 'numbers G3 where G2 comes next' },
    ]);
  });
});

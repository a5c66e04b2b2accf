import { treeOf } from '../docs/source-tree.js';
import { proofsDocument } from './proofs-document.js';

describe('docs/PROOFS.md', () => {
  const tree = treeOf({
    'docs/GUARANTEES.md': '## G1 First, and best\n\n## G2 Second\n',
    'docs/ARCHITECTURE.md': '# A\n\n## Invariants\n\n1. **One turn.**\n',
    'src/a.spec.ts':
      "describe('an order', () => { it.each([1, 2])('ends %i times (G1)', () => { registerCases(6_063, n); }); });",
    'test/contract/commit-contract.ts': "export function f() { it('is whole (G1, G2, invariant 1)', f); }",
    'test/contract/all-contract.ts': "import { f } from './commit-contract.js';",
    'test/contract/a-store.spec.ts': "import { g } from './all-contract.js';",
    'test/contract/other.spec.ts': "import type { g } from './all-contract.js';",
  });
  const document = proofsDocument(tree);

  it('counts suites, tests and cases of each promise', () => {
    expect(document).toContain('| [G1 First, and best](#g1-first-and-best) | 2 | 3 | 6,063 |');
    expect(document).toContain('| [G2 Second](#g2-second) | 1 | 1 |  |');
  });

  it('lists each promise with its suites and titles', () => {
    expect(document).toContain(
      '- [a.spec.ts](../src/a.spec.ts) in src\n  - an order › ends %i times (× 2) (6,063 cases)\n',
    );
  });

  it('names the suites that run a contract, and none that takes only its types', () => {
    expect(document).toContain('in test/contract, run by a-store.spec.ts\n');
  });

  it('lists each invariant with its text', () => {
    expect(document).toContain('## Invariant 1\n\nOne turn.\n\n- [commit-contract.ts]');
  });
});

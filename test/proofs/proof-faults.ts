import type { DocumentFault } from '../docs/document-faults.js';
import type { SourceTree } from '../docs/source-tree.js';
import { GUARANTEES, invariantsOf, promisesOf } from './promises.js';
import { taggedTests } from './tagged-tests.js';

/** A promise without a proof, and a proof without a promise. */
export function proofFaults(tree: SourceTree): readonly DocumentFault[] {
  const promises = promisesOf(tree);
  const promised = [...promises, ...invariantsOf(tree)];
  const known = new Set(promised.map(({ tag }) => tag));
  const tests = taggedTests(tree);
  const at = ({ file, line }: Omit<DocumentFault, 'message'>, message: string): DocumentFault => ({
    file,
    line,
    message,
  });
  return [
    ...promises.flatMap((promise, index) =>
      promise.tag === `G${index + 1}` ? [] : [at(promise, `numbers ${promise.tag} where G${index + 1} comes next`)],
    ),
    ...promised.flatMap((promise) =>
      tests.some(({ tags, skipped }) => !skipped && tags.includes(promise.tag))
        ? []
        : [at(promise, `promises (${promise.tag}), which no test proves`)],
    ),
    ...promised.flatMap((promise) =>
      promise.suites
        .filter((suite) => !tests.some(({ file, tags }) => file === suite && tags.includes(promise.tag)))
        .map((suite) => at(promise, `names ${suite}, which has no test of (${promise.tag})`)),
    ),
    ...tests.flatMap((test) =>
      test.tags
        .filter((tag) => !known.has(tag))
        .map((tag) => at(test, `proves (${tag}), which ${GUARANTEES} and its invariants do not promise`)),
    ),
    ...tests.flatMap((test) => [
      ...(test.skipped ? [at(test, 'is skipped, and proves nothing')] : []),
      ...(test.cases === 'unreadable' ? [at(test, 'registers cases with an expression: write the number')] : []),
    ]),
  ];
}

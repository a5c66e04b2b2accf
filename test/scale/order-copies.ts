import { randomUUID } from 'node:crypto';
import type { ActorCommit, DurableStore } from '../../src/durable/index.js';

const COMMITS_AT_A_TIME = 500;

/**
 * Stores so many copies of one order, each under an id of its own.
 * @param original all its rows, as the commit that would write them at once.
 * @param read makes a copy's commit of its JSON, in which the id is replaced already.
 */
export async function storeCopies(
  store: DurableStore,
  original: ActorCommit,
  count: number,
  read: (copy: string, index: number) => ActorCommit = (copy) => JSON.parse(copy) as ActorCommit, // the text is one
): Promise<void> {
  const text = JSON.stringify(original);
  // In the order of the tables' keys, so that each page is written once.
  const ids = Array.from({ length: count }, () => randomUUID()).sort();
  for (let first = 0; first < count; first += COMMITS_AT_A_TIME) {
    const batch = ids.slice(first, first + COMMITS_AT_A_TIME).map((id, index) => {
      const commit = read(text.replaceAll(original.actor.actorId, id), first + index);
      // Each has a cart of its own.
      return commit.actor.uniqueKey === null ? commit : { ...commit, actor: { ...commit.actor, uniqueKey: id } };
    });
    const results = await store.commit(batch);
    if (results.some((result) => result !== 'committed')) throw new Error('An order could not be stored.');
  }
}

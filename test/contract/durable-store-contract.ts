/**
 * What every store must do: the text of src/durable/model/store.port.ts, sentence by sentence. Each test works on actors and
 * nodes of its own, on a database that the tests of one file share.
 */
import { describeClaims } from './claim-contract.js';
import { describeCommits } from './commit-contract.js';
import { describeIncidents } from './incident-contract.js';
import { describeUniqueKeys } from './unique-key-contract.js';
import { describePurges } from './purge-contract.js';
import { describeLists } from './list-contract.js';
import type { DurableStore } from '../../src/durable/store.js';

/** Gives the store under test; called inside tests, after `beforeAll`. */
export type StoreUnderTest = () => DurableStore;

export function describeDurableStore(store: StoreUnderTest): void {
  describeCommits(store);
  describeClaims(store);
  describeLists(store);
  describeIncidents(store);
  describeUniqueKeys(store);
  describePurges(store);
}

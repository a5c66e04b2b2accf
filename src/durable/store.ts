/** Entry for authors of a store: the contract and its rows. */
export { GroupCommit, type PendingItem } from './commit/group-commit.js';
export { shareOfHeap } from './commit/heap-share.js';
export { CodedError } from './model/coded-error.js';
export { LostRaceError, OverloadedError, StoreUnavailableError } from './model/durable-errors.js';
export { INCIDENT_ACTIONS } from './model/incident-kinds.js';
export * from './model/store-stats.port.js';
export * from './model/store.port.js';

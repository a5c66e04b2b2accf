/** What a test of a durable machine imports. */
export { runInActivity } from './activity/activity.js';
export { MemoryStore, type CommitFault } from './testing/memory-store.js';
export { settle, VirtualClock } from './testing/virtual-clock.js';

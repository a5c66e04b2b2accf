/** What a test of a durable machine imports. */
export { runInActivity } from './activity/activity.js';
export { DurableHarness, type HarnessNode, type HarnessOptions } from './testing/durable-harness.js';
export {
  failing,
  FakeActivities,
  held,
  type FakeActivity,
  type FakeCall,
  type HeldActivity,
  type RecordedCall,
} from './testing/fake-activities.js';
export { MemoryStore, type CommitFault } from './testing/memory-store.js';
export { RecordingLogger, type LogLine } from './testing/recording-logger.js';
export { settle, VirtualClock } from './testing/virtual-clock.js';

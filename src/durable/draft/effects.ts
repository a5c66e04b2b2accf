import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import type { ActorCommit, ActorRecord } from '../model/store.port.js';
import type { ActorDraft } from './actor-draft.js';

/** What the runtime does once a commit is durable. */
export interface Effects {
  readonly actor: ActorRecord;
  readonly registration: RegisteredMachine;
  readonly commit: ActorCommit;
  readonly startActivities: readonly ScheduledActivity[];
  readonly endedTasks: readonly string[];
  /** Of the new tasks without an owner. */
  readonly freeTasksDueAt: readonly number[];
}

/** @param early tasks that run since before the commit. One that the draft has left again was never written. */
export function effectsOf(
  draft: ActorDraft,
  commit: ActorCommit,
  registration: RegisteredMachine,
  early: readonly string[],
): Effects {
  const { startActivities, endedTasks } = draft.tasks;
  const left = early.filter((taskId) => startActivities.every((activity) => activity.taskId !== taskId));
  return {
    actor: commit.actor,
    registration,
    commit,
    startActivities,
    endedTasks: [...endedTasks, ...left],
    freeTasksDueAt: commit.addTasks.filter((task) => task.ownerNode === null).map((task) => task.dueAt),
  };
}

/**
 * Reads off the actor tree which activities a turn starts and which it leaves.
 *
 * Invariant 4: all attempts of a call have one idempotency key. An activity with the same input is the same call until it
 * succeeds. A call with another input, or after a success, gets a new key.
 */
import { idempotencyKeyOf } from './idempotency-key.js';
import { hash } from 'node:crypto';
import { copyPlain } from '../json/plain-copy.js';
import type { ActivityAttempts, Bookkeeping, RunningActivity } from '../model/bookkeeping.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import type { TurnFact } from '../model/turn-fact.js';
import { type ActiveActivity, isActiveActivity, type TreeNode } from '../xstate/actor-tree.js';

export interface ActivitiesRequest {
  readonly actorId: string;
  /** The tree after the turn. */
  readonly after: readonly TreeNode[];
  readonly bookkeeping: Bookkeeping;
  /** Tasks that the message itself ended. */
  readonly ended: ReadonlySet<string>;
  /** Number of the last task. */
  readonly lastTask: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface ActivitiesRead {
  readonly attempts: Readonly<Record<string, ActivityAttempts>>;
  readonly running: Readonly<Record<string, RunningActivity>>;
  readonly started: readonly ScheduledActivity[];
  /** Tasks of activities that the turn left. */
  readonly left: readonly string[];
  readonly lastTask: number;
  readonly facts: readonly TurnFact[];
}

/** Writes a task id into the snapshot of each activity that starts. */
export function readActivities(request: ActivitiesRequest): ActivitiesRead {
  const { actorId, after, bookkeeping, ended, now } = request;
  const attempts: Record<string, ActivityAttempts> = { ...bookkeeping.activities };
  const running: Record<string, RunningActivity> = {};
  const started: ScheduledActivity[] = [];
  const facts: TurnFact[] = [];
  let { lastTask } = request;
  const active: readonly ActiveActivity[] = after.filter(isActiveActivity);
  for (const { path: activityId, sources, snapshot } of active) {
    const known = snapshot.taskId === '' ? undefined : bookkeeping.running[snapshot.taskId];
    if (known !== undefined) {
      running[snapshot.taskId] = known;
      continue;
    }
    const { input } = snapshot;
    const current = nextAttempt(attempts[activityId], hashOf(input));
    lastTask += 1;
    const taskId = `${activityId}#${lastTask}`;
    snapshot.taskId = taskId;
    const entry: RunningActivity = {
      activityId,
      attempt: current.failed + 1,
      idempotencyKey: idempotencyKeyOf(actorId, activityId, current.occurrence),
      scheduledAt: now,
    };
    attempts[activityId] = current;
    running[taskId] = entry;
    started.push({
      ...entry,
      taskId,
      path: activityId,
      sources: sources.map((source) => source ?? ''),
      input: copyPlain(input),
    });
    facts.push({ type: 'activity.scheduled', data: { activityId, taskId, attempt: entry.attempt, input } });
  }
  const left = Object.keys(bookkeeping.running).filter((taskId) => !(taskId in running) && !ended.has(taskId));
  for (const taskId of left)
    facts.push({ type: 'activity.cancelled', data: { activityId: bookkeeping.running[taskId]?.activityId, taskId } });
  return { attempts, running, started, left, lastTask, facts };
}

export function afterAttempt(attempts: ActivityAttempts | undefined, succeeded: boolean): ActivityAttempts {
  const base = attempts ?? { occurrence: 1, failed: 0, succeeded: false, input: '' };
  return succeeded ? { ...base, succeeded: true } : { ...base, failed: base.failed + 1 };
}

function nextAttempt(attempts: ActivityAttempts | undefined, input: string): ActivityAttempts {
  if (attempts === undefined) return { occurrence: 1, failed: 0, succeeded: false, input };
  if (!attempts.succeeded && attempts.input === input) return attempts;
  return { occurrence: attempts.occurrence + 1, failed: 0, succeeded: false, input };
}

function hashOf(input: unknown): string {
  return hash('sha256', JSON.stringify([input]), 'base64url').slice(0, 12);
}

/**
 * Migrates one stored actor from the machine version it started with to the current version (invariant 9). Pure: the turn
 * that follows writes the rows in its transaction.
 *
 * A step gets the persisted snapshot as plain JSON, and a note through which it may change the actor's timers. A step must be
 * pure: it runs again when the turn is computed again, and in the compatibility audit.
 */
import { type Bookkeeping, type DurableTimer, readBookkeeping, writeBookkeeping } from '../model/bookkeeping.js';
import { isObject } from '../json/json-object.js';
import type { ActorRecord } from '../model/store.port.js';

/** A machine's snapshot as it is stored. */
export interface PersistedSnapshot {
  readonly status: string;
  readonly value: unknown;
  readonly context: Readonly<Record<string, unknown>>;
  readonly children: Readonly<Record<string, PersistedChild>>;
  readonly [field: string]: unknown;
}

/**
 * An activity or a child machine. To start an activity, a migration adds
 * `{ src, snapshot: { status: 'active', input, taskId: '' } }`. An activity that runs already keeps its `taskId`.
 */
export interface PersistedChild {
  readonly src: unknown;
  readonly snapshot: unknown;
  readonly [field: string]: unknown;
}

/** A timer without `taskId` is new. `owner` and `target` are paths: '' is the root. */
export type MigratedTimer = Omit<DurableTimer, 'taskId'> & { readonly taskId?: string };

export interface MigrationNote {
  readonly actorId: string;
  readonly from: string;
  readonly to: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Assign another list to change the timers. A timer that is left out is cancelled, and a timer without `taskId` is set. */
  timers: readonly MigratedTimer[];
  /** For a renamed state or delay: pass the old and the new `xstate.after.<delay>.<state id>`. Deadlines stay. */
  renameTimer(fromEventType: string, toEventType: string): void;
}

export interface Migration {
  readonly from: string;
  /** Default: the version of the registration it is written in. */
  readonly to?: string;
  readonly migrate: (snapshot: PersistedSnapshot, note: MigrationNote) => PersistedSnapshot;
}

export type MigrationStep = Required<Migration>;

interface MigrationFact {
  readonly type: 'actor.migrated';
  readonly data: { readonly from: string; readonly to: string };
}

/** What the turn that follows writes beside its own rows. */
export interface AppliedMigration {
  readonly facts: readonly MigrationFact[];
  readonly endTasks: readonly string[];
  readonly setTimers: readonly DurableTimer[];
}

export interface MigratedActor {
  readonly record: ActorRecord;
  readonly applied: AppliedMigration;
}

/**
 * @param steps in order, from the actor's version to `definition.version`.
 * @throws whatever a step throws.
 */
export function migrateActor(
  stored: ActorRecord,
  steps: readonly MigrationStep[],
  definition: { readonly version: string; readonly definitionHash: string },
  now: number,
): MigratedActor {
  const bookkeeping = readBookkeeping(stored);
  const here = migrateSnapshot(
    stored,
    steps,
    { snapshot: stored.snapshot, timers: bookkeeping.timers },
    bookkeeping.lastTask,
    now,
  );
  const { stateBeforeFailure } = bookkeeping;
  const before =
    stateBeforeFailure === undefined
      ? undefined
      : migrateSnapshot(stored, steps, stateBeforeFailure, here.lastTask, now);
  const next: Bookkeeping = {
    ...bookkeeping,
    timers: here.timers,
    lastTask: before?.lastTask ?? here.lastTask,
    ...(before === undefined ? {} : { stateBeforeFailure: { snapshot: before.snapshot, timers: before.timers } }),
  };
  // Timers have tasks only while the actor runs; resume and retry add them again.
  const tasks = stored.runtimeStatus === 'running' ? changedTimers(bookkeeping.timers, here.timers) : NO_TASKS;
  return {
    record: {
      ...stored,
      machineVersion: definition.version,
      definitionHash: definition.definitionHash,
      snapshot: here.snapshot,
      bookkeeping: writeBookkeeping(next),
    },
    applied: {
      facts: steps.map(({ from, to }) => ({ type: 'actor.migrated', data: { from, to } }) as const),
      ...tasks,
    },
  };
}

const NO_TASKS = { endTasks: [], setTimers: [] } as const;

interface Migrated {
  readonly snapshot: string;
  readonly timers: readonly DurableTimer[];
  readonly lastTask: number;
}

function migrateSnapshot(
  { actorId }: ActorRecord,
  steps: readonly MigrationStep[],
  before: { readonly snapshot: string; readonly timers: readonly DurableTimer[] },
  lastTaskBefore: number,
  now: number,
): Migrated {
  let timers: readonly MigratedTimer[] = before.timers;
  let snapshot = JSON.parse(before.snapshot) as PersistedSnapshot; // written by a turn
  for (const { from, to, migrate } of steps) {
    const note = new Note(actorId, from, to, now, timers);
    // A copy through JSON: what JSON loses is lost here already, and the step cannot change the result later.
    const [result] = JSON.parse(JSON.stringify([migrate(snapshot, note)])) as [unknown];
    if (!isObject(result) || !('value' in result)) throw new Error('it returned no snapshot');
    snapshot = result as PersistedSnapshot; // snapshot-compatibility.ts checks the rest
    ({ timers } = note);
  }
  let lastTask = lastTaskBefore;
  const named = timers.map((timer): DurableTimer => {
    if (timer.taskId !== undefined) return { ...timer, taskId: timer.taskId };
    lastTask += 1;
    return { ...timer, taskId: `timer#${lastTask}` };
  });
  return { snapshot: JSON.stringify(snapshot), timers: named, lastTask };
}

class Note implements MigrationNote {
  constructor(
    readonly actorId: string,
    readonly from: string,
    readonly to: string,
    readonly now: number,
    public timers: readonly MigratedTimer[],
  ) {}

  renameTimer(fromEventType: string, toEventType: string): void {
    this.timers = this.timers.map((timer) =>
      timer.event.type === fromEventType
        ? {
            ...timer,
            event: { ...timer.event, type: toEventType },
            // XState cancels an `after` by its event's name.
            sendId: timer.sendId === fromEventType ? toEventType : timer.sendId,
          }
        : timer,
    );
  }
}

function changedTimers(
  before: readonly DurableTimer[],
  after: readonly DurableTimer[],
): Pick<AppliedMigration, 'endTasks' | 'setTimers'> {
  const dueBefore = new Map(before.map((timer) => [timer.taskId, timer.dueAt]));
  const kept = new Set(
    after.filter((timer) => dueBefore.get(timer.taskId) === timer.dueAt).map(({ taskId }) => taskId),
  );
  return {
    endTasks: before.filter(({ taskId }) => !kept.has(taskId)).map(({ taskId }) => taskId),
    setTimers: after.filter(({ taskId }) => !kept.has(taskId)),
  };
}

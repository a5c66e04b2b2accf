/**
 * One turn: one signal for one actor, settled synchronously (invariant 1).
 *
 * Rehydrates the actor with a clock that never fires, hands it the signal, and reads off what it decided: the next
 * snapshot, activities to start or cancel, timers to set or cancel, facts for the history. Touches no database, no
 * network and no clock of its own; the same input gives the same output.
 *
 * Leaves to others: whether the signal is a duplicate (actor.draft.ts), writing (committer.ts), running (activity.runner.ts).
 */
import { hash } from 'node:crypto';
import type { AnyActorRef, AnyMachineSnapshot } from 'xstate';
import { type ActiveActivity, type TreeNode, isActiveActivity, walkTree } from '../xstate/actor-tree.js';
import type { ActivityAttempts, Bookkeeping, DurableTimer, RunningActivity } from '../model/bookkeeping.js';
import { type IncidentTag, incidentTag } from '../xstate/incident-tag.js';
import { HydratedActor } from './hydrated-actor.js';
import { type ActivitySettled, SETTLED } from '../xstate/inert-logic.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import type { EventRecord } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';
import type { ActorMessage, Disposition, ExternalEvent } from '../model/actor-message.js';
import { copyPlain } from '../json/plain-copy.js';
import { persistTree, refuseLost } from './persist-tree.js';
import type { Fact, TurnRecorder } from './turn-recorder.js';
import { readTimers, withoutFired } from './turn-timers.js';
import { toStoredError } from '../model/stored-error.js';

export interface TurnRequest {
  readonly registration: RegisteredMachine;
  readonly actorId: string;
  /** Null for the first turn. */
  readonly snapshot: string | null;
  readonly book: Bookkeeping;
  readonly message: Exclude<ActorMessage, { kind: 'command' }>;
  /** Events kept so far, in order of arrival. */
  readonly kept: readonly EventRecord[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** As the turn before left it. Used if it stands at `snapshot`, and not to be used again if the turn throws. */
  readonly hydrated?: HydratedActor | null;
}

export interface TurnResult {
  readonly disposition: Disposition;
  /** Why it was refused. */
  readonly reason: string | null;
  /** Absent when nothing changed. */
  readonly decided: TurnDecided | null;
  /** The first kept event the actor could take now. */
  readonly takeable: EventRecord | null;
  /** For a turn that goes on where this one ends. */
  readonly hydrated: HydratedActor;
}

type TurnOutcome = Omit<TurnResult, 'hydrated'>;

export interface TurnDecided {
  readonly snapshot: string;
  readonly book: Bookkeeping;
  readonly runtimeStatus: 'running' | 'completed' | 'failed';
  readonly status: string;
  readonly outcome: string | null;
  /** How it says that it waits for a person; null when it does not. */
  readonly incident: IncidentTag | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly startActivities: readonly ScheduledActivity[];
  /** Tasks that are done with: settled, left, fired or cancelled. */
  readonly endedTasks: readonly string[];
  readonly setTimers: readonly DurableTimer[];
  readonly facts: readonly TurnFact[];
}

const RUNTIME_STATUS = { active: 'running', done: 'completed', error: 'failed', stopped: 'failed' } as const;

const unchanged = (disposition: Disposition, reason: string | null = null): TurnOutcome => ({
  disposition,
  reason,
  decided: null,
  takeable: null,
});

/**
 * @throws SnapshotMisfitError when the snapshot does not fit the machine.
 * @throws NotDurableError when the turn came to something that cannot be stored; the message says what to write instead.
 * Whatever a guard throws passes through when an external event is offered; anything else the machine throws puts the
 * actor into runtime status `failed`.
 */
export function computeTurn(request: TurnRequest): TurnResult {
  const hydrated = hydrate(request);
  const outcome = new Turn(request, hydrated).run();
  if (outcome.decided !== null) hydrated.snapshot = outcome.decided.snapshot;
  return { ...outcome, hydrated };
}

function hydrate({ registration, actorId, snapshot, message: signal, hydrated }: TurnRequest): HydratedActor {
  if (snapshot === null) {
    return HydratedActor.create(registration, actorId, signal.kind === 'start' ? copyPlain(signal.input) : undefined);
  }
  if (hydrated?.standsAt(registration, snapshot) === true) return hydrated;
  return HydratedActor.restore(registration, actorId, snapshot);
}

class Turn {
  private readonly recorder: TurnRecorder;
  private readonly facts: TurnFact[] = [];
  private readonly root: AnyActorRef;
  private readonly before: readonly TreeNode[];

  constructor(
    private readonly request: TurnRequest,
    hydrated: HydratedActor,
  ) {
    this.root = hydrated.root;
    this.recorder = hydrated.recorder;
    this.before = hydrated.begin(request.book.lastTask);
  }

  run(): TurnOutcome {
    const { message: signal } = this.request;
    switch (signal.kind) {
      case 'start':
        this.note('actor.started', { input: signal.input });
        this.root.start();
        return this.settle([]);
      case 'event':
        return this.takeEvent(copyPlain(signal.event) as ExternalEvent, signal.key); // a copy has the same shape
      case 'kept':
        if (!this.canTake(signal.record)) return unchanged('kept');
        this.note('event.received', {
          event: parseEvent(signal.record),
          key: signal.record.key,
          keptSince: signal.record.receivedAt,
        });
        this.root.send(parseEvent(signal.record));
        return this.settle([]);
      case 'activity.completed':
      case 'activity.failed':
        return this.settleActivity(signal);
      case 'timer':
        return this.fireTimer(signal.taskId);
      case 'settle':
        return this.settle([]);
    }
  }

  private takeEvent(event: ExternalEvent, key: string | null): TurnOutcome {
    const snapshot = this.root.getSnapshot() as AnyMachineSnapshot; // the root is a machine
    if (snapshot.status !== 'active') {
      this.note('event.refused', { event, key, reason: 'actor_ended' });
      return this.settle([], 'refused', 'actor_ended');
    }
    let sent = false;
    // An eventless transition may depend on the event as well, and only taking the step can tell.
    if (!snapshot.can(event) && snapshot._nodes.some((node) => node.always !== undefined)) {
      this.root.send(event);
      sent = this.recorder.moved;
    }
    if (!sent && !snapshot.can(event)) {
      const { registration } = this.request;
      const status = registration.status(snapshot);
      if (registration.whenUnexpected(event, status) === 'refuse') return unchanged('refused', 'not_now');
      if (!registration.accepts(event.type)) {
        this.note('event.refused', { event, key, reason: 'never_taken' });
        return this.settle([], 'refused', 'never_taken');
      }
      this.note('event.kept', { event, key });
      return this.settle([], 'kept');
    }
    this.note('event.received', { event, key });
    if (!sent) this.root.send(event);
    return this.settle([]);
  }

  private settleActivity(
    signal: Extract<ActorMessage, { kind: 'activity.completed' | 'activity.failed' }>,
  ): TurnOutcome {
    const { now, book } = this.request;
    const { taskId, startedAt } = signal;
    const running = book.running[taskId];
    const node = this.before.find((each) => isActiveActivity(each) && each.snapshot.taskId === taskId);
    if (node === undefined || running === undefined) return unchanged('stale');
    const { activityId, attempt } = running;
    const timing = { startedAt, durationMs: Math.max(0, now - startedAt) };
    let settled: ActivitySettled;
    if (signal.kind === 'activity.completed') {
      this.note(signal.skipped === true ? 'activity.skipped' : 'activity.completed', {
        activityId,
        taskId,
        attempt,
        ...timing,
        output: signal.output,
      });
      settled = { type: SETTLED, taskId, result: { ok: true, output: copyPlain(signal.output) } };
    } else {
      this.note('activity.failed', { activityId, taskId, attempt, ...timing, error: signal.error });
      settled = { type: SETTLED, taskId, result: { ok: false, error: { ...signal.error, startedAt, failedAt: now } } };
    }
    node.ref.send(settled);
    return this.settle([taskId], 'applied', null, {
      ...book,
      activities: {
        ...book.activities,
        [activityId]: afterTry(book.activities[activityId], signal.kind === 'activity.completed'),
      },
    });
  }

  private fireTimer(taskId: string): TurnOutcome {
    const { book, now } = this.request;
    const timer = book.timers.find((each) => each.taskId === taskId);
    if (timer === undefined) return unchanged('stale');
    this.note('timer.fired', {
      taskId,
      event: timer.event,
      dueAt: timer.dueAt,
      latenessMs: Math.max(0, now - timer.dueAt),
    });
    const event = copyPlain(timer.event) as ExternalEvent; // a copy has the same shape
    this.before.find((node) => node.path === timer.target)?.ref.send(event);
    return this.settle([taskId], 'applied', null, {
      ...book,
      timers: withoutFired(book.timers, timer),
    });
  }

  /** Reads off what was decided. `ended` are the tasks the signal itself ended. */
  private settle(
    ended: readonly string[],
    disposition: Disposition = 'applied',
    reason: string | null = null,
    book: Bookkeeping = this.request.book,
  ): TurnOutcome {
    const { registration } = this.request;
    const { recorder } = this;
    if (recorder.refusal !== null) throw recorder.refusal;
    const snapshot = this.root.getSnapshot() as AnyMachineSnapshot; // the root is a machine
    const after = walkTree(this.root);
    refuseLost(after, [...this.before.map((node) => node.ref), ...recorder.made], recorder.stopped);
    for (const fact of [...this.recorder.facts, ...this.firstStates(after)]) this.note(fact.type, fact.data);

    const activities = this.readActivities(after, book, new Set(ended));
    const timers = this.readTimers(after, book, activities.lastTask);
    const persisted = persistTree(this.root, after, timers.set);
    const next: Bookkeeping = {
      timers: timers.alive,
      activities: activities.notes,
      running: activities.running,
      lastTask: timers.lastTask,
    };
    const runtimeStatus = RUNTIME_STATUS[snapshot.status];
    if (disposition === 'applied' && runtimeStatus === 'completed') {
      this.note('actor.completed', { output: snapshot.output as unknown });
    }
    if (disposition === 'applied' && runtimeStatus === 'failed') {
      this.note('actor.failed', { error: toStoredError(snapshot.error) });
    }
    return {
      disposition,
      reason,
      takeable: runtimeStatus === 'running' ? (this.request.kept.find((kept) => this.canTake(kept)) ?? null) : null,
      decided: {
        snapshot: persisted,
        book: next,
        runtimeStatus,
        status: registration.status(snapshot),
        outcome: registration.outcome(snapshot),
        incident: incidentTag(after),
        attributes: registration.attributes(snapshot),
        startActivities: activities.started,
        endedTasks: [...ended, ...activities.left, ...timers.dropped],
        setTimers: timers.set,
        facts: this.facts.map((fact) => ({
          type: fact.type,
          data: registration.redact(fact.data) as TurnFact['data'], // a redactor keeps the shape
        })),
      },
    };
  }

  private readActivities(after: readonly TreeNode[], book: Bookkeeping, ended: ReadonlySet<string>) {
    const { actorId, now } = this.request;
    const notes: Record<string, ActivityAttempts> = { ...book.activities };
    const running: Record<string, RunningActivity> = {};
    const started: ScheduledActivity[] = [];
    let lastTask = this.recorder.lastNumber;
    const active: readonly ActiveActivity[] = after.filter(isActiveActivity);
    for (const node of active) {
      const known = node.snapshot.taskId === '' ? undefined : book.running[node.snapshot.taskId];
      if (known !== undefined) {
        running[node.snapshot.taskId] = known;
        continue;
      }
      const activityId = node.path;
      const note = nextTry(notes[activityId], hashOf(node.snapshot.input));
      lastTask += 1;
      const taskId = `${activityId}#${lastTask}`;
      node.snapshot.taskId = taskId;
      const entry: RunningActivity = {
        activityId,
        attempt: note.failed + 1,
        idempotencyKey: `${actorId}:${activityId}${note.occurrence === 1 ? '' : `:${note.occurrence}`}`,
        scheduledAt: now,
      };
      notes[activityId] = note;
      running[taskId] = entry;
      started.push({
        ...entry,
        taskId,
        path: node.path,
        sources: node.sources.map((source) => source ?? ''),
        input: copyPlain(node.snapshot.input),
      });
      this.note('activity.scheduled', { activityId, taskId, attempt: entry.attempt, input: node.snapshot.input });
    }
    const left = Object.keys(book.running).filter((taskId) => !(taskId in running) && !ended.has(taskId));
    for (const taskId of left)
      this.note('activity.cancelled', { activityId: book.running[taskId]?.activityId, taskId });
    return { notes, running, started, left, lastTask };
  }

  private readTimers(after: readonly TreeNode[], book: Bookkeeping, lastTask: number) {
    const { before, request, recorder } = this;
    const { decisions } = recorder;
    const timers = readTimers({ notes: book.timers, decisions, before, after, lastTask, now: request.now });
    for (const { taskId, event, dueAt } of timers.dropped) this.note('timer.cancelled', { taskId, event, dueAt });
    for (const { taskId, event, dueAt } of timers.set) this.note('timer.set', { taskId, event, dueAt });
    return { ...timers, dropped: timers.dropped.map((timer) => timer.taskId) };
  }

  /** XState does not report the first state of an actor unless it is left at once. */
  private firstStates(after: readonly TreeNode[]): Fact[] {
    const known = new Set(this.before.map((node) => node.ref));
    const reported = new Set(this.recorder.facts.map((fact) => fact.data['path']));
    return after
      .filter((node) => !known.has(node.ref) && 'value' in node.snapshot && !reported.has(node.path))
      .map((node) => ({
        type: 'state.changed',
        data: { path: node.path, event: 'xstate.init', from: null, to: (node.snapshot as { value?: unknown }).value }, // it has a value
      }));
  }

  private canTake(kept: EventRecord): boolean {
    const snapshot = this.root.getSnapshot() as AnyMachineSnapshot; // the root is a machine
    return snapshot.status === 'active' && snapshot.can(parseEvent(kept));
  }

  private note(type: string, data: TurnFact['data']): void {
    this.facts.push({ type, data });
  }
}

function parseEvent(record: EventRecord): ExternalEvent {
  return JSON.parse(record.event) as ExternalEvent; // written by the draft
}

/** The same call again, as long as it has not succeeded and asks the same; else a new one with a key of its own. */
function nextTry(note: ActivityAttempts | undefined, input: string): ActivityAttempts {
  if (note === undefined) return { occurrence: 1, failed: 0, succeeded: false, input };
  if (!note.succeeded && note.input === input) return note;
  return { occurrence: note.occurrence + 1, failed: 0, succeeded: false, input };
}

function afterTry(note: ActivityAttempts | undefined, succeeded: boolean): ActivityAttempts {
  const base = note ?? { occurrence: 1, failed: 0, succeeded: false, input: '' };
  return succeeded ? { ...base, succeeded: true } : { ...base, failed: base.failed + 1 };
}

function hashOf(input: unknown): string {
  return hash('sha256', JSON.stringify([input]), 'base64url').slice(0, 12);
}

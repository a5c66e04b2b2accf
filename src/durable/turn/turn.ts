/**
 * One turn: one message for one actor, settled synchronously (invariant 1).
 *
 * Rehydrates the actor with a clock that never fires, sends it the message, and reads off what it decided: the next snapshot,
 * activities to start or cancel, timers to set or cancel, facts for the history. Uses no database, no network and no clock
 * of its own: the same input gives the same output.
 *
 * Leaves to others: duplicates (actor-host.ts, actor-draft.ts), writing (committer.ts), running activities
 * (activity-runner.ts).
 */
import type { AnyActorRef, AnyMachineSnapshot } from 'xstate';
import { type TreeNode, isActiveActivity, walkTree } from '../xstate/actor-tree.js';
import type { Bookkeeping } from '../model/bookkeeping.js';
import { incidentTag } from '../xstate/incident-tag.js';
import { HydratedActor } from './hydrated-actor.js';
import type { TurnRequest, TurnResult } from './turn-decision.js';
import { type ActivitySettled, SETTLED } from '../xstate/inert-logic.js';
import type { EventRecord } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';
import type { ActorMessage, Disposition, ExternalEvent } from '../model/actor-message.js';
import { afterAttempt, readActivities } from './read-activities.js';
import { copyPlain } from '../json/plain-copy.js';
import { persistTree, refuseLost } from './persist-tree.js';
import type { Fact, TurnRecorder } from './turn-recorder.js';
import { readTimers, withoutFired } from './turn-timers.js';
import { toStoredError } from '../model/stored-error.js';

type TurnOutcome = Omit<TurnResult, 'hydrated'>;

const RUNTIME_STATUS = { active: 'running', done: 'completed', error: 'failed', stopped: 'failed' } as const;

const unchanged = (disposition: Disposition, reason: string | null = null): TurnOutcome => ({
  disposition,
  reason,
  decided: null,
  nextKept: null,
});

/**
 * @throws SnapshotIncompatibleError when the snapshot does not fit the machine.
 * @throws NotDurableError when the turn leads to something that cannot be stored. The message says what to write instead.
 * @throws whatever a guard throws for an external event. Any other error of the machine puts the actor into runtime status
 * `failed`.
 */
export function computeTurn(request: TurnRequest): TurnResult {
  const hydrated = hydrate(request);
  const outcome = new Turn(request, hydrated).run();
  if (outcome.decided !== null) hydrated.snapshot = outcome.decided.snapshot;
  return { ...outcome, hydrated };
}

function hydrate({ registration, actorId, snapshot, message, hydrated }: TurnRequest): HydratedActor {
  if (snapshot === null) {
    return HydratedActor.create(registration, actorId, message.kind === 'start' ? copyPlain(message.input) : undefined);
  }
  if (hydrated?.isAt(registration, snapshot) === true) return hydrated;
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
    this.before = hydrated.begin(request.bookkeeping.lastTask);
  }

  run(): TurnOutcome {
    const { message } = this.request;
    switch (message.kind) {
      case 'start':
        this.record('actor.started', { input: message.input });
        this.root.start();
        return this.settle([]);
      case 'event':
        return this.takeEvent(copyPlain(message.event) as ExternalEvent, message.key); // a copy has the same shape
      case 'kept':
        if (!this.canTake(message.record)) return unchanged('kept');
        this.record('event.received', {
          event: parseEvent(message.record),
          key: message.record.key,
          keptSince: message.record.receivedAt,
        });
        this.root.send(parseEvent(message.record));
        return this.settle([]);
      case 'activity.completed':
      case 'activity.failed':
        return this.settleActivity(message);
      case 'timer':
        return this.fireTimer(message.taskId);
      case 'reevaluate':
        return this.settle([]);
    }
  }

  private takeEvent(event: ExternalEvent, key: string | null): TurnOutcome {
    const snapshot = this.root.getSnapshot() as AnyMachineSnapshot; // the root is a machine
    if (snapshot.status !== 'active') {
      this.record('event.refused', { event, key, reason: 'actor_ended' });
      return this.settle([], 'refused', 'actor_ended');
    }
    let sent = false;
    // An eventless transition may depend on the event as well. `can` does not see it, so the event is sent to find out.
    if (!snapshot.can(event) && snapshot._nodes.some((node) => node.always !== undefined)) {
      this.root.send(event);
      sent = this.recorder.moved;
    }
    if (!sent && !snapshot.can(event)) {
      const { registration } = this.request;
      const status = registration.status(snapshot);
      if (registration.whenUnexpected(event, status) === 'refuse') return unchanged('refused', 'not_now');
      if (!registration.accepts(event.type)) {
        this.record('event.refused', { event, key, reason: 'never_taken' });
        return this.settle([], 'refused', 'never_taken');
      }
      this.record('event.kept', { event, key });
      return this.settle([], 'kept');
    }
    this.record('event.received', { event, key });
    if (!sent) this.root.send(event);
    return this.settle([]);
  }

  private settleActivity(
    message: Extract<ActorMessage, { kind: 'activity.completed' | 'activity.failed' }>,
  ): TurnOutcome {
    const { now, bookkeeping } = this.request;
    const { taskId, startedAt } = message;
    const running = bookkeeping.running[taskId];
    const node = this.before.find((each) => isActiveActivity(each) && each.snapshot.taskId === taskId);
    if (node === undefined || running === undefined) return unchanged('stale');
    const { activityId, attempt } = running;
    const timing = { startedAt, durationMs: Math.max(0, now - startedAt) };
    let settled: ActivitySettled;
    if (message.kind === 'activity.completed') {
      this.record(message.skipped === true ? 'activity.skipped' : 'activity.completed', {
        activityId,
        taskId,
        attempt,
        ...timing,
        output: message.output,
      });
      settled = { type: SETTLED, taskId, result: { ok: true, output: copyPlain(message.output) } };
    } else {
      this.record('activity.failed', { activityId, taskId, attempt, ...timing, error: message.error });
      settled = { type: SETTLED, taskId, result: { ok: false, error: { ...message.error, startedAt, failedAt: now } } };
    }
    node.ref.send(settled);
    return this.settle([taskId], 'applied', null, {
      ...bookkeeping,
      activities: {
        ...bookkeeping.activities,
        [activityId]: afterAttempt(bookkeeping.activities[activityId], message.kind === 'activity.completed'),
      },
    });
  }

  private fireTimer(taskId: string): TurnOutcome {
    const { bookkeeping, now } = this.request;
    const timer = bookkeeping.timers.find((each) => each.taskId === taskId);
    if (timer === undefined) return unchanged('stale');
    this.record('timer.fired', {
      taskId,
      event: timer.event,
      dueAt: timer.dueAt,
      latenessMs: Math.max(0, now - timer.dueAt),
    });
    const event = copyPlain(timer.event) as ExternalEvent; // a copy has the same shape
    this.before.find((node) => node.path === timer.target)?.ref.send(event);
    return this.settle([taskId], 'applied', null, {
      ...bookkeeping,
      timers: withoutFired(bookkeeping.timers, timer),
    });
  }

  /** Reads off what was decided. @param ended tasks that the message itself ended. */
  private settle(
    ended: readonly string[],
    disposition: Disposition = 'applied',
    reason: string | null = null,
    bookkeeping: Bookkeeping = this.request.bookkeeping,
  ): TurnOutcome {
    const { registration } = this.request;
    const { recorder } = this;
    if (recorder.refusal !== null) throw recorder.refusal;
    const snapshot = this.root.getSnapshot() as AnyMachineSnapshot; // the root is a machine
    const after = walkTree(this.root);
    refuseLost(after, [...this.before.map((node) => node.ref), ...recorder.created], recorder.stopped);
    for (const fact of [...this.recorder.facts, ...this.firstStates(after)]) this.record(fact.type, fact.data);

    const { actorId, now } = this.request;
    const activities = readActivities({
      actorId,
      after,
      bookkeeping,
      ended: new Set(ended),
      lastTask: recorder.lastNumber,
      now,
    });
    for (const { type, data } of activities.facts) this.record(type, data);
    const timers = this.readTimers(after, bookkeeping, activities.lastTask);
    const persisted = persistTree(this.root, after, timers.set);
    const next: Bookkeeping = {
      timers: timers.alive,
      activities: activities.attempts,
      running: activities.running,
      lastTask: timers.lastTask,
    };
    const runtimeStatus = RUNTIME_STATUS[snapshot.status];
    if (disposition === 'applied' && runtimeStatus === 'completed') {
      this.record('actor.completed', { output: snapshot.output as unknown });
    }
    if (disposition === 'applied' && runtimeStatus === 'failed') {
      this.record('actor.failed', { error: toStoredError(snapshot.error) });
    }
    return {
      disposition,
      reason,
      nextKept: runtimeStatus === 'running' ? (this.request.kept.find((kept) => this.canTake(kept)) ?? null) : null,
      decided: {
        snapshot: persisted,
        bookkeeping: next,
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

  private readTimers(after: readonly TreeNode[], bookkeeping: Bookkeeping, lastTask: number) {
    const { before, request, recorder } = this;
    const { decisions } = recorder;
    const timers = readTimers({ timers: bookkeeping.timers, decisions, before, after, lastTask, now: request.now });
    for (const { taskId, event, dueAt } of timers.dropped) this.record('timer.cancelled', { taskId, event, dueAt });
    for (const { taskId, event, dueAt } of timers.set) this.record('timer.set', { taskId, event, dueAt });
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

  private record(type: string, data: TurnFact['data']): void {
    this.facts.push({ type, data });
  }
}

function parseEvent(record: EventRecord): ExternalEvent {
  return JSON.parse(record.event) as ExternalEvent; // written by the draft
}

/**
 * Every way into an actor ends here: one draft at a time for each actor; persist first, act after.
 *
 * Invariants: 1 (one turn is one message), 2 (compare-and-set on the revision), 3 (effects and answers only after the
 * commit), 6 (an event's key is looked up at the very revision its commit is guarded by).
 * Leaves to others: order of arrival (mailboxes.ts), on which machine an actor runs (load-actor.ts), what a turn decides
 * (turn.ts), batching (committer.ts), running activities (activity-runner.ts).
 */
import { LRUCache } from 'lru-cache';
import { ActorDraft } from '../draft/actor-draft.js';
import type { MessageOutcome } from '../draft/message-outcome.js';
import { loadOntoMachine } from '../machine/load-actor.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { MachineRegistry } from '../machine/machine-registry.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { Bookkeeping } from '../model/bookkeeping.js';
import type { Clock } from '../model/clock.port.js';
import { UniqueKeyTakenError, UnknownActorError } from '../model/durable-errors.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { RuntimeObserver } from '../model/runtime-observer.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import {
  type ActorCommit,
  type ActorRecord,
  type DurableStore,
  type EventRecord,
  StoreUnavailableError,
} from '../model/store.port.js';
import type { HydratedActor } from '../turn/hydrated-actor.js';
import type { Committer } from './committer.js';
import { type DeliveryOutcome, type Envelope, isOwn, Mailboxes } from './mailboxes.js';
import { recordTurnFailure } from './record-turn-failure.js';
import type { StoreCircuitBreaker } from './store-circuit-breaker.js';

/** What happens once a commit is durable. */
export interface Effects {
  readonly actor: ActorRecord;
  readonly registration: RegisteredMachine;
  readonly commit: ActorCommit;
  readonly startActivities: readonly ScheduledActivity[];
  readonly endedTasks: readonly string[];
  /** Of the tasks that nobody holds. */
  readonly freeTasksDueAt: readonly number[];
}

export interface ActorHostOptions {
  readonly store: DurableStore;
  readonly committer: Committer;
  readonly registry: MachineRegistry;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  readonly observer: RuntimeObserver;
  readonly nodeId: string;
  readonly breaker: StoreCircuitBreaker;
  /** How many actors' last snapshots are kept at hand. */
  readonly cacheSize: number;
  readonly onCommitted: (effects: Effects) => void;
  /** A commit's answer was lost: it may have been written, and nobody acted upon it. */
  readonly onUnknown: () => void;
}

interface HotActor {
  readonly record: ActorRecord;
  /** Parsed from the record, when it was read. */
  readonly bookkeeping: Bookkeeping | null;
  readonly hydrated: HydratedActor | null;
}

interface Answered {
  readonly envelope: Envelope;
  readonly outcome: MessageOutcome;
}

export class ActorHost {
  private readonly mailboxes: Mailboxes;
  private readonly hot: LRUCache<string, HotActor>;

  constructor(private readonly options: ActorHostOptions) {
    this.hot = new LRUCache({ max: Math.max(1, options.cacheSize) });
    this.mailboxes = new Mailboxes(options.breaker, (actorId, envelopes) => this.handle(actorId, envelopes));
  }

  /** @throws StoreUnavailableError nothing is acknowledged then. */
  start(registration: RegisteredMachine, actorId: string, input: unknown): Promise<DeliveryOutcome> {
    return this.mailboxes.post(actorId, { message: { kind: 'start', input }, registration, machineId: null });
  }

  /**
   * @param machineId the actor must be of this machine; without one it may be of any.
   * @throws UnknownActorError @throws UnknownMachineError @throws SnapshotIncompatibleError @throws StoreUnavailableError
   */
  deliver(
    actorId: string,
    message: Exclude<ActorMessage, { kind: 'start' }>,
    machineId: string | null = null,
  ): Promise<DeliveryOutcome> {
    return this.mailboxes.post(actorId, { message, registration: null, machineId });
  }

  /** The last committed record: from the cache, else from the store. */
  async read(actorId: string): Promise<ActorRecord | null> {
    return this.hot.get(actorId)?.record ?? (await this.options.store.loadActor(actorId));
  }

  /** The actor was purged: nothing of it is kept at hand. */
  forget(actorId: string): void {
    this.hot.delete(actorId);
  }

  /** Resolves when no actor has a message to take. */
  idle(): Promise<void> {
    return this.mailboxes.idle();
  }

  /** @returns the envelopes to be tried again. */
  private async handle(actorId: string, envelopes: readonly Envelope[]): Promise<Envelope[]> {
    try {
      const unanswered = await this.attempt(actorId, envelopes);
      this.options.breaker.succeeded();
      return unanswered;
    } catch (error) {
      this.hot.delete(actorId);
      this.options.observer.draftDropped(actorId, 'failed');
      if (!(error instanceof StoreUnavailableError)) {
        this.options.breaker.succeeded();
        return await this.refuse(actorId, envelopes, error);
      }
      return this.putOff(envelopes, error);
    }
  }

  /** The store is away. @returns the envelopes to be tried again. */
  private putOff(envelopes: readonly Envelope[], error: StoreUnavailableError): Envelope[] {
    this.options.breaker.failed();
    this.options.onUnknown();
    const own = envelopes.filter(({ message }) => isOwn(message));
    for (const { message, reject } of envelopes) if (!isOwn(message)) reject(error);
    return own;
  }

  /** A turn failed as a defect: that is recorded before anybody is told. @returns the envelopes to be tried again. */
  private async refuse(actorId: string, envelopes: readonly Envelope[], error: unknown): Promise<Envelope[]> {
    const [envelope, ...others] = envelopes;
    if (envelope === undefined) return [];
    if (others.length > 0) {
      const again: Envelope[] = [];
      // One by one: only the message that failed is refused.
      for (const each of envelopes) again.push(...(await this.handle(actorId, [each])));
      return again;
    }
    const { committer, clock, logger } = this.options;
    const { message, resolve, reject } = envelope;
    logger.error({ actorId, err: error }, 'a turn failed');
    try {
      const refusal = await recordTurnFailure({ actorId, message, error }, this.options, clock.now());
      if (refusal?.draft.changed === true) {
        const commit = refusal.draft.toCommit();
        if ((await committer.submit(commit)) !== 'committed') return [envelope];
        this.options.onCommitted(effectsOf(refusal.draft, commit, refusal.registration));
      }
      if (refusal?.outcome == null) reject(error);
      else resolve({ ...refusal.outcome, actor: refusal.draft.current ?? refusal.stored });
      return [];
    } catch (failure) {
      if (failure instanceof StoreUnavailableError) return this.putOff([envelope], failure);
      logger.error({ actorId, err: failure }, 'that a turn failed could not be recorded');
      reject(error);
      return [];
    }
  }

  /** One draft: computed, committed, acted upon. @returns envelopes that lost a race and are to be tried again. */
  private async attempt(actorId: string, envelopes: readonly Envelope[]): Promise<Envelope[]> {
    const { store, committer, clock, observer, nodeId } = this.options;
    const cached = this.hot.get(actorId);
    const stored = cached?.record ?? (await store.loadActor(actorId));
    const addressed = envelopes.filter((each) => !isForeign(each, stored));
    if (addressed.length < envelopes.length) {
      if (cached !== undefined) {
        // The id may have been purged and given to another machine meanwhile: only the store can refuse it.
        this.hot.delete(actorId);
        return [...envelopes];
      }
      for (const each of envelopes) if (isForeign(each, stored)) each.reject(new UnknownActorError(actorId));
      if (addressed.length === 0) return [];
    }
    const loaded = stored === null ? null : loadOntoMachine(this.options.registry, stored, clock.now());
    const registration = loaded?.registration ?? addressed.find((each) => each.registration !== null)?.registration;
    if (registration == null) {
      for (const { reject } of addressed) reject(new UnknownActorError(actorId));
      return [];
    }
    const kept = stored !== null && stored.keptEvents > 0 ? await store.loadKeptEvents(actorId) : [];
    const { record = null, migration = null } = loaded ?? {};
    const { hydrated = null } = cached ?? {};
    const bookkeeping = cached?.record === record ? cached.bookkeeping : null;
    const draft = new ActorDraft({
      registration,
      actorId,
      nodeId,
      stored: record,
      bookkeeping,
      migration,
      kept,
      hydrated,
    });
    const answered = await this.applyAll(draft, registration, stored, addressed);

    if (draft.changed) {
      const commit = draft.toCommit();
      const result = await committer.submit(commit);
      if (result !== 'committed') {
        observer.draftDropped(actorId, 'conflict');
        this.hot.delete(actorId);
        const again = answered.map(({ envelope }) => envelope);
        return result === 'conflict' ? again : await this.rejectTaken(again, commit.actor);
      }
      observer.draftCommitted(stored, commit.actor);
      this.hot.set(actorId, { record: commit.actor, bookkeeping: draft.bookkeeping, hydrated: draft.hydrated });
      this.options.onCommitted(effectsOf(draft, commit, registration));
    } else if (cached !== undefined && answered.some(({ outcome }) => mayBeOutdated(outcome))) {
      observer.draftDropped(actorId, 'conflict');
      this.hot.delete(actorId);
      return answered.map(({ envelope }) => envelope);
    } else if (stored !== null) {
      observer.draftDropped(actorId, 'unchanged');
      this.hot.set(actorId, { record: stored, bookkeeping: cached?.bookkeeping ?? null, hydrated: draft.hydrated });
    }
    // A migration that no turn followed was not written.
    const current = draft.changed ? draft.current : stored;
    for (const { envelope, outcome } of answered) {
      if (current === null) envelope.reject(new UnknownActorError(actorId));
      else envelope.resolve({ ...outcome, actor: current });
    }
    return [];
  }

  private async applyAll(
    draft: ActorDraft,
    { machineId }: RegisteredMachine,
    stored: ActorRecord | null,
    envelopes: readonly Envelope[],
  ): Promise<Answered[]> {
    const { clock, observer } = this.options;
    const { actorId } = draft;
    const answered: Answered[] = [];
    for (const envelope of envelopes) {
      const { message, reject } = envelope;
      if (!draft.exists && message.kind !== 'start') {
        reject(new UnknownActorError(actorId));
        continue;
      }
      const since = observer.now();
      const seen = 'key' in message && message.key !== null ? await this.findSeen(stored, message.key) : null;
      const outcome: MessageOutcome =
        seen === null
          ? draft.apply(message, clock.now())
          : { disposition: 'duplicate', reason: seen.reason, firstState: seen.state };
      observer.turnComputed(actorId, machineId, message, outcome.disposition, since);
      answered.push({ envelope, outcome });
    }
    return answered;
  }

  /** The actor may not start: another one has its unique key. @returns the envelopes, when that one has just ended. */
  private async rejectTaken(envelopes: Envelope[], { machineId, uniqueKey }: ActorRecord): Promise<Envelope[]> {
    if (uniqueKey === null) throw new Error('The store says that a unique key is taken where there is none.');
    const holder = await this.options.store.findByUniqueKey(machineId, uniqueKey);
    if (holder === null) return envelopes;
    for (const { reject } of envelopes) reject(new UniqueKeyTakenError(holder.actorId, uniqueKey));
    return [];
  }

  private findSeen(stored: ActorRecord | null, key: string): Promise<EventRecord | null> {
    return stored === null ? Promise.resolve(null) : this.options.store.findEvent(stored.actorId, key);
  }
}

/** The sender means an actor of another machine, and so does not know this one. */
function isForeign({ machineId }: Envelope, stored: ActorRecord | null): boolean {
  return stored !== null && machineId !== null && machineId !== stored.machineId;
}

function effectsOf(draft: ActorDraft, commit: ActorCommit, registration: RegisteredMachine): Effects {
  return {
    actor: commit.actor,
    registration,
    commit,
    startActivities: draft.tasks.startActivities,
    endedTasks: draft.tasks.endedTasks,
    freeTasksDueAt: commit.addTasks.filter((task) => task.ownerNode === null).map((task) => task.dueAt),
  };
}

/** A no that nothing was written for: another node may have moved the actor on since, so only the store can say it. */
function mayBeOutdated({ disposition }: MessageOutcome): boolean {
  return disposition === 'stale' || disposition === 'refused';
}

/**
 * Delivers every message to its actor: one draft at a time for each actor, committed before anything acts on it.
 *
 * Invariants: 1 (one turn is one message), 2 (compare-and-set on the revision), 3 (effects and answers follow the commit;
 * only safe activities begin before it), 6 (an event's key is looked up at the revision that guards its commit).
 * Leaves to others: order of arrival (mailboxes.ts), when a draft is submitted (held-draft.ts), the machine an actor runs on
 * (load-actor.ts), what a turn decides (turn.ts), batching (committer.ts), running activities (activity-runner.ts).
 */
import type { TaskRun } from '../activity/activity-runner.js';
import { type EarlyRun, EarlyRuns } from '../activity/early-runs.js';
import { ActorDraft } from '../draft/actor-draft.js';
import { type Effects, effectsOf } from '../draft/effects.js';
import type { MessageOutcome } from '../draft/message-outcome.js';
import type { FailureFence } from '../lease/failure-fence.js';
import { loadOntoMachine } from '../machine/load-actor.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { MachineRegistry } from '../machine/machine-registry.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { Clock } from '../model/clock.port.js';
import {
  LostRaceError,
  StoreUnavailableError,
  UniqueKeyTakenError,
  UnknownActorError,
} from '../model/durable-errors.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { RuntimeObserver } from '../model/runtime-observer.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import type { ActorRecord, DurableStore } from '../model/store.port.js';
import { ActorCache, type ActorCacheOptions, type CachedActor } from './actor-cache.js';
import type { Admission } from '../commit/admission.js';
import type { Committer } from '../commit/committer.js';
import { HeldDraft, isForeign } from './held-draft.js';
import { type DeliveryOutcome, type Envelope, isOwn, Mailboxes, MessageBatch } from './mailboxes.js';
import { recordTurnFailure } from './record-turn-failure.js';
import { SecondTries } from './second-tries.js';
import type { StoreCircuitBreaker } from './store-circuit-breaker.js';

export interface ActorHostOptions extends ActorCacheOptions {
  readonly store: DurableStore;
  readonly committer: Committer;
  readonly admission: Admission;
  readonly registry: MachineRegistry;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  readonly observer: RuntimeObserver;
  readonly nodeId: string;
  readonly breaker: StoreCircuitBreaker;
  readonly fence: Pick<FailureFence, 'stops'>;
  /** Starts a safe activity before its commit. Null: none starts before. */
  readonly startEarly: StartEarly | null;
  /** Longest time that a draft which only reads is held, in milliseconds. */
  readonly maxHoldMs: number;
  readonly onCommitted: (effects: Effects) => void;
  /** The answer of a commit was lost: it may be written, and nothing has acted on it. */
  readonly onUnknown: () => void;
}

/** @returns null when the activity runs already, or nothing starts any more. */
type StartEarly = (registration: RegisteredMachine, actorId: string, activity: ScheduledActivity) => EarlyRun | null;

interface Collected {
  readonly draft: ActorDraft;
  readonly registration: RegisteredMachine;
  readonly stored: ActorRecord | null;
  /** Undefined: `stored` comes from the store. */
  readonly cached: CachedActor | undefined;
  readonly held: HeldDraft;
  readonly early: EarlyRuns | null;
}

export class ActorHost {
  private readonly mailboxes: Mailboxes;
  private readonly cache: ActorCache;
  private readonly open = new Set<HeldDraft>();
  private isDraining = false;
  private readonly secondTries = new SecondTries();

  constructor(private readonly options: ActorHostOptions) {
    this.cache = new ActorCache(options);
    this.mailboxes = new Mailboxes(options, (actorId, batch) => this.handle(actorId, batch));
  }

  /** @throws OverloadedError @throws StoreUnavailableError */
  start(registration: RegisteredMachine, actorId: string, input: unknown): Promise<DeliveryOutcome> {
    return this.mailboxes.post(actorId, {
      message: { kind: 'start', input },
      run: null,
      registration,
      machineId: null,
    });
  }

  /**
   * @param machineId the actor must be of this machine. Null: of any.
   * @throws UnknownActorError @throws UnknownMachineError @throws SnapshotIncompatibleError @throws StoreUnavailableError
   * @throws OverloadedError
   */
  deliver(
    actorId: string,
    message: Exclude<ActorMessage, { kind: 'start' }>,
    machineId: string | null = null,
    run: TaskRun | null = null,
  ): Promise<DeliveryOutcome> {
    return this.mailboxes.post(actorId, { message, run, registration: null, machineId });
  }

  /** The last committed record: from the cache, else from the store. */
  async read(actorId: string): Promise<ActorRecord | null> {
    return this.cache.get(actorId)?.record ?? (await this.options.store.loadActor(actorId));
  }

  /** Call it when the actor is purged. */
  forget(actorId: string): void {
    this.cache.delete(actorId);
  }

  /** The node ends: submits every draft that is held, and holds none any more. */
  drain(): void {
    this.isDraining = true;
    for (const each of this.open) each.release();
  }

  /** Resolves when no actor has a message left. */
  idle(): Promise<void> {
    return this.mailboxes.idle();
  }

  /** @returns the envelopes to be tried again. */
  private async handle(actorId: string, batch: MessageBatch): Promise<Envelope[]> {
    try {
      const unanswered = await this.attempt(actorId, batch);
      this.options.breaker.succeeded();
      return unanswered;
    } catch (error) {
      this.cache.delete(actorId);
      this.options.observer.draftDropped(actorId, 'failed');
      if (!(error instanceof StoreUnavailableError)) {
        this.options.breaker.succeeded();
        return await this.refuse(actorId, batch.taken, error);
      }
      return await this.putOff(batch.taken, error);
    }
  }

  /** The store is away, or the turns lost their races. @returns the envelopes to be tried again. */
  private async putOff(envelopes: readonly Envelope[], error: StoreUnavailableError): Promise<Envelope[]> {
    const { breaker, onUnknown } = this.options;
    const isLostRace = error instanceof LostRaceError;
    if (!isLostRace) breaker.failed();
    if (!isLostRace) onUnknown();
    const own = envelopes.filter(({ message }) => isOwn(message));
    for (const { message, reject } of envelopes) if (!isOwn(message)) reject(error);
    if (isLostRace && own.length > 0) await breaker.raceIsOver();
    return own;
  }

  /** A turn failed as a defect: records it, then rejects its sender. @returns the envelopes to be tried again. */
  private async refuse(actorId: string, envelopes: readonly Envelope[], error: unknown): Promise<Envelope[]> {
    const [envelope, ...others] = envelopes;
    if (envelope === undefined) return [];
    if (others.length > 0) {
      const again: Envelope[] = [];
      // One by one, so that only the message that fails is refused.
      for (const each of envelopes) {
        this.secondTries.take(each, error);
        again.push(...(await this.handle(actorId, new MessageBatch([each], null))));
      }
      return again;
    }
    if (this.secondTries.take(envelope, error)) return [envelope];
    const { committer, clock, logger } = this.options;
    const { message, resolve, reject } = envelope;
    logger.error({ actorId, err: error }, 'a turn failed');
    try {
      const refusal = await recordTurnFailure({ actorId, message, error }, this.options, clock.now());
      if (refusal?.draft.changed === true) {
        const commit = refusal.draft.toCommit();
        if ((await committer.submit(commit)) !== 'committed') return [envelope];
        this.options.onCommitted(effectsOf(refusal.draft, commit, refusal.registration, []));
      }
      if (refusal?.outcome == null) reject(error);
      else resolve({ ...refusal.outcome, actor: refusal.draft.current ?? refusal.stored });
      return [];
    } catch (failure) {
      if (failure instanceof StoreUnavailableError) return await this.putOff([envelope], failure);
      logger.error({ actorId, err: failure }, 'that a turn failed could not be recorded');
      reject(error);
      return [];
    }
  }

  /** Computes, commits and acts upon one draft. @returns the envelopes to be tried again: another node was faster. */
  private async attempt(actorId: string, batch: MessageBatch): Promise<Envelope[]> {
    const { store, clock, nodeId } = this.options;
    const envelopes = [...batch.taken];
    const cached = this.cache.get(actorId);
    const stored = cached?.record ?? (await store.loadActor(actorId));
    const addressed = envelopes.filter((each) => !isForeign(each, stored));
    if (addressed.length < envelopes.length) {
      if (cached !== undefined) {
        // Another node may have purged the actor, and the id may be another machine's now: only the store knows.
        this.cache.delete(actorId);
        return envelopes;
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
    const early = this.earlyRunsOf(registration, actorId);
    const held = new HeldDraft({ draft, registration, stored, batch, early }, this.options);
    this.open.add(held);
    try {
      await held.collect(addressed);
      return await this.submit({ draft, registration, stored, cached, held, early });
    } catch (error) {
      early?.drop();
      throw error;
    } finally {
      this.open.delete(held);
    }
  }

  /** @returns the envelopes to be tried again. */
  private async submit({ draft, registration, stored, cached, held, early }: Collected): Promise<Envelope[]> {
    const { committer, observer } = this.options;
    const { actorId } = draft;
    const { answered, misdirected } = held;
    if (draft.changed) {
      const commit = draft.toCommit();
      const result = await committer.submit(commit);
      if (result !== 'committed') {
        early?.drop();
        observer.draftDropped(actorId, 'conflict');
        this.cache.delete(actorId);
        const again = [...answered.map(({ envelope }) => envelope), ...misdirected];
        return result === 'conflict' ? again : await this.rejectTaken(again, commit.actor);
      }
      early?.confirm();
      observer.draftCommitted(stored, commit.actor);
      this.cache.set(actorId, { record: commit.actor, bookkeeping: draft.bookkeeping, hydrated: draft.hydrated });
      this.options.onCommitted(effectsOf(draft, commit, registration, early?.taskIds ?? []));
    } else if (cached !== undefined && answered.some(({ outcome }) => mayBeOutdated(outcome))) {
      observer.draftDropped(actorId, 'conflict');
      this.cache.delete(actorId);
      return answered.map(({ envelope }) => envelope);
    } else if (stored !== null) {
      observer.draftDropped(actorId, 'unchanged');
      this.cache.set(actorId, { record: stored, bookkeeping: cached?.bookkeeping ?? null, hydrated: draft.hydrated });
    }
    // A migration is written with a turn only.
    const current = draft.changed ? draft.current : stored;
    for (const { envelope, outcome } of answered) {
      if (current === null) envelope.reject(new UnknownActorError(actorId));
      else envelope.resolve({ ...outcome, actor: current });
    }
    return misdirected;
  }

  /** Null: nothing starts before its commit. A store that was away, or is slow, sets the pace. */
  private earlyRunsOf(registration: RegisteredMachine, actorId: string): EarlyRuns | null {
    const { startEarly, breaker, admission } = this.options;
    if (startEarly === null || this.isDraining || !breaker.isClosed || admission.isSlow) return null;
    return new EarlyRuns(registration.activityRules, (activity) => startEarly(registration, actorId, activity));
  }

  /** Another actor has the unique key. @returns the envelopes to be tried again, when that actor has ended meanwhile. */
  private async rejectTaken(envelopes: Envelope[], { machineId, uniqueKey }: ActorRecord): Promise<Envelope[]> {
    if (uniqueKey === null) throw new Error('The store says that a unique key is taken where there is none.');
    const holder = await this.options.store.findByUniqueKey(machineId, uniqueKey);
    if (holder === null) return envelopes;
    for (const { reject } of envelopes) reject(new UniqueKeyTakenError(holder.actorId, uniqueKey));
    return [];
  }
}

/** The draft wrote nothing for such an outcome. When it used a cached actor, another node may have moved the actor on. */
function mayBeOutdated({ disposition }: MessageOutcome): boolean {
  return disposition === 'stale' || disposition === 'refused';
}

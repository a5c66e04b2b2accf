/**
 * Every way into an actor ends here: one mailbox per actor, one draft at a time, persist first, act after.
 *
 * Invariants: 1 (one turn is one signal), 2 (compare-and-set on the revision), 3 (effects and answers only after the
 * commit), 6 (an event's key is looked up at the very revision its commit is guarded by).
 * Modes of a mailbox: idle; computing; waiting for its commit (signals that come meanwhile join the next draft);
 * waiting for a store that is away (store.gate.ts): outside callers are told at once, the runtime's own signals are tried
 * again.
 * Leaves to others: on which machine (actor.loading.ts), what a turn decides (turn.ts), batching (committer.ts), running activities (activity.runner.ts).
 */
import { LRUCache } from 'lru-cache';
import { ActorDraft } from '../draft/actor-draft.js';
import { loadOntoMachine } from '../machine/load-actor.js';
import type { Bookkeeping } from '../model/bookkeeping.js';
import type { Clock } from '../model/clock.port.js';
import type { Committer } from './committer.js';
import { UniqueKeyTakenError, UnknownActorError } from '../model/durable-errors.js';
import type { DraftAnswer } from '../draft/draft-answer.js';
import type { HydratedActor } from '../turn/hydrated-actor.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { MachineRegistry } from '../machine/machine-registry.js';
import type { RuntimeObserver } from '../model/runtime-observer.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { StoreCircuitBreaker } from './store-circuit-breaker.js';
import { recordTurnFailure } from './record-turn-failure.js';
import {
  type ActorCommit,
  type ActorRecord,
  type DurableStore,
  type EventRecord,
  StoreUnavailableError,
} from '../model/store.port.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';

/** What is to happen now that a commit is durable. */
export interface Effects {
  readonly actor: ActorRecord;
  readonly registration: RegisteredMachine;
  readonly commit: ActorCommit;
  readonly startActivities: readonly ScheduledActivity[];
  readonly endedTasks: readonly string[];
  /** Of the tasks that nobody holds. */
  readonly freeTasksDueAt: readonly number[];
}

export interface HostAnswer extends DraftAnswer {
  /** The actor as it is stored now. */
  readonly actor: ActorRecord;
}

export interface ActorHostOptions {
  readonly store: DurableStore;
  readonly committer: Committer;
  readonly registry: MachineRegistry;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  readonly observer: RuntimeObserver;
  readonly nodeId: string;
  readonly gate: StoreCircuitBreaker;
  /** How many actors' last snapshots are kept at hand. */
  readonly cacheSize: number;
  readonly onCommitted: (effects: Effects) => void;
  /** A commit's answer was lost: it may have been written, and nobody acted upon it. */
  readonly onUnknown: () => void;
}

interface Envelope {
  readonly signal: ActorMessage;
  /** Only for `start`: which machine. */
  readonly registration: RegisteredMachine | null;
  readonly resolve: (answer: HostAnswer) => void;
  readonly reject: (error: unknown) => void;
}

interface HotActor {
  readonly record: ActorRecord;
  /** The record's notes, when they were read. */
  readonly book: Bookkeeping | null;
  readonly hydrated: HydratedActor | null;
}

interface Mailbox {
  letters: Envelope[];
  busy: boolean;
  /** For the store to come back. */
  waits: boolean;
}

const LARGEST_DRAFT = 100;

export class ActorHost {
  private readonly mailboxes = new Map<string, Mailbox>();
  private readonly hot: LRUCache<string, HotActor>;
  private readonly whenIdle: (() => void)[] = [];

  constructor(private readonly options: ActorHostOptions) {
    this.hot = new LRUCache({ max: Math.max(1, options.cacheSize) });
  }

  /** @throws StoreUnavailableError (nothing is acknowledged) */
  start(registration: RegisteredMachine, actorId: string, input: unknown): Promise<HostAnswer> {
    return this.post(actorId, { kind: 'start', input }, registration);
  }

  /** @throws UnknownActorError @throws UnknownMachineError @throws SnapshotMisfitError @throws StoreUnavailableError */
  deliver(actorId: string, signal: Exclude<ActorMessage, { kind: 'start' }>): Promise<HostAnswer> {
    return this.post(actorId, signal, null);
  }

  /** The last committed record: from the cache, else from the store. */
  async read(actorId: string): Promise<ActorRecord | null> {
    return this.hot.get(actorId)?.record ?? (await this.options.store.loadActor(actorId));
  }

  /** The actor was purged: nothing of it is kept at hand. */
  forget(actorId: string): void {
    this.hot.delete(actorId);
  }

  /** Resolves when no mailbox holds a signal. */
  idle(): Promise<void> {
    if (this.mailboxes.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.whenIdle.push(resolve));
  }

  private post(actorId: string, signal: ActorMessage, registration: RegisteredMachine | null): Promise<HostAnswer> {
    return new Promise((resolve, reject) => {
      let box = this.mailboxes.get(actorId);
      if (box === undefined) {
        box = { letters: [], busy: false, waits: false };
        this.mailboxes.set(actorId, box);
      }
      if (box.waits && !isOwn(signal)) {
        reject(new StoreUnavailableError('The store is away; nothing was accepted.'));
        return;
      }
      box.letters.push({ signal, registration, resolve, reject });
      if (!box.busy) {
        box.busy = true;
        void this.work(actorId, box);
      }
    });
  }

  private async work(actorId: string, box: Mailbox): Promise<void> {
    while (box.letters.length > 0) {
      if (!this.options.gate.isOpen && box.letters.every((letter) => isOwn(letter.signal))) {
        box.waits = true;
        await this.options.gate.acquire();
        box.waits = false;
      }
      const letters = box.letters.splice(0, LARGEST_DRAFT);
      box.letters.unshift(...(await this.handle(actorId, letters)));
    }
    box.busy = false;
    this.mailboxes.delete(actorId);
    if (this.mailboxes.size === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  /** @returns the letters to be tried again. */
  private async handle(actorId: string, letters: readonly Envelope[]): Promise<Envelope[]> {
    try {
      const unanswered = await this.attempt(actorId, letters);
      this.options.gate.succeeded();
      return unanswered;
    } catch (error) {
      this.hot.delete(actorId);
      this.options.observer.draftDropped(actorId, 'failed');
      if (!(error instanceof StoreUnavailableError)) {
        this.options.gate.succeeded();
        return await this.refuse(actorId, letters, error);
      }
      return this.putOff(letters, error);
    }
  }

  /** The store is away. @returns the letters to be tried again. */
  private putOff(letters: readonly Envelope[], error: StoreUnavailableError): Envelope[] {
    this.options.gate.failed();
    this.options.onUnknown();
    const own = letters.filter((letter) => isOwn(letter.signal));
    for (const letter of letters) if (!isOwn(letter.signal)) letter.reject(error);
    return own;
  }

  /** A turn failed as a defect: that is recorded before anybody is told. @returns the letters to be tried again. */
  private async refuse(actorId: string, letters: readonly Envelope[], error: unknown): Promise<Envelope[]> {
    const [letter, ...others] = letters;
    if (letter === undefined) return [];
    if (others.length > 0) {
      const again: Envelope[] = [];
      // One by one, so that whoever did not do it gets through.
      for (const each of letters) again.push(...(await this.handle(actorId, [each])));
      return again;
    }
    const { committer, clock, logger } = this.options;
    logger.error({ actorId, err: error }, 'a turn failed');
    try {
      const refusal = await recordTurnFailure({ actorId, signal: letter.signal, error }, this.options, clock.now());
      if (refusal?.draft.changed === true) {
        const commit = refusal.draft.toCommit();
        if ((await committer.submit(commit)) !== 'committed') return [letter];
        this.options.onCommitted(effectsOf(refusal.draft, commit, refusal.registration));
      }
      if (refusal?.answer == null) letter.reject(error);
      else letter.resolve({ ...refusal.answer, actor: refusal.draft.current ?? refusal.stored });
      return [];
    } catch (failure) {
      if (failure instanceof StoreUnavailableError) return this.putOff([letter], failure);
      logger.error({ actorId, err: failure }, 'that a turn failed could not be recorded');
      letter.reject(error);
      return [];
    }
  }

  /** One draft: computed, committed, acted upon. @returns letters that lost a race and are to be tried again. */
  private async attempt(actorId: string, letters: readonly Envelope[]): Promise<Envelope[]> {
    const { store, committer, clock, observer, nodeId } = this.options;
    const cached = this.hot.get(actorId);
    const stored = cached?.record ?? (await store.loadActor(actorId));
    const loaded = stored === null ? null : loadOntoMachine(this.options.registry, stored, clock.now());
    const registration = loaded?.registration ?? letters.find((letter) => letter.registration !== null)?.registration;
    if (registration == null) {
      for (const letter of letters) letter.reject(new UnknownActorError(actorId));
      return [];
    }
    const kept = stored !== null && stored.keptEvents > 0 ? await store.loadKeptEvents(actorId) : [];
    const { record = null, migration = null } = loaded ?? {};
    const { hydrated = null } = cached ?? {};
    const book = cached?.record === record ? cached.book : null;
    const draft = new ActorDraft({ registration, actorId, nodeId, stored: record, book, migration, kept, hydrated });

    const answers: { letter: Envelope; answer: DraftAnswer }[] = [];
    for (const letter of letters) {
      const { signal } = letter;
      if (!draft.exists && signal.kind !== 'start') {
        letter.reject(new UnknownActorError(actorId));
        continue;
      }
      const since = observer.now();
      const seen = 'key' in signal && signal.key !== null ? await this.findSeen(stored, signal.key) : null;
      if (seen !== null) {
        observer.turnComputed(actorId, registration.machineId, signal, 'duplicate', since);
        answers.push({ letter, answer: { disposition: 'duplicate', reason: seen.reason, firstState: seen.state } });
        continue;
      }
      const answer = draft.apply(signal, clock.now());
      observer.turnComputed(actorId, registration.machineId, signal, answer.disposition, since);
      answers.push({ letter, answer });
    }

    if (draft.changed) {
      const commit = draft.toCommit();
      const result = await committer.submit(commit);
      if (result !== 'committed') {
        observer.draftDropped(actorId, 'conflict');
        this.hot.delete(actorId);
        const again = answers.map(({ letter }) => letter);
        return result === 'conflict' ? again : await this.turnAway(again, commit.actor);
      }
      observer.draftCommitted(stored, commit.actor);
      this.hot.set(actorId, { record: commit.actor, book: draft.book, hydrated: draft.hydrated });
      this.options.onCommitted(effectsOf(draft, commit, registration));
    } else if (cached !== undefined && answers.some(({ answer }) => mayBeOutdated(answer))) {
      observer.draftDropped(actorId, 'conflict');
      this.hot.delete(actorId);
      return answers.map(({ letter }) => letter);
    } else if (stored !== null) {
      observer.draftDropped(actorId, 'unchanged');
      this.hot.set(actorId, { record: stored, book: cached?.book ?? null, hydrated: draft.hydrated });
    }
    // A migration that no turn followed was not written.
    const current = draft.changed ? draft.current : stored;
    for (const { letter, answer } of answers) {
      if (current === null) letter.reject(new UnknownActorError(actorId));
      else letter.resolve({ ...answer, actor: current });
    }
    return [];
  }

  /** The actor may not start: another one has its live key. @returns the letters again, when that one has just ended. */
  private async turnAway(letters: Envelope[], { machineId, uniqueKey }: ActorRecord): Promise<Envelope[]> {
    if (uniqueKey === null) throw new Error('The store says that a live key is taken where there is none.');
    const holder = await this.options.store.findByUniqueKey(machineId, uniqueKey);
    if (holder === null) return letters;
    for (const letter of letters) letter.reject(new UniqueKeyTakenError(holder.actorId, uniqueKey));
    return [];
  }

  private findSeen(stored: ActorRecord | null, key: string): Promise<EventRecord | null> {
    return stored === null ? Promise.resolve(null) : this.options.store.findEvent(stored.actorId, key);
  }
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
function mayBeOutdated({ disposition }: DraftAnswer): boolean {
  return disposition === 'stale' || disposition === 'refused';
}

/** The runtime's own signals must not be lost while the process lives; outside callers try again themselves. */
function isOwn(signal: ActorMessage): boolean {
  return signal.kind !== 'start' && signal.kind !== 'event' && signal.kind !== 'command';
}

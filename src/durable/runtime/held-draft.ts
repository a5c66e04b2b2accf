/**
 * A draft with the messages it takes, until it is submitted. Most drafts are submitted at once. One that only reads is held:
 * it has taken nothing but results of safe activities, and waits for nothing but safe activities that it started itself. What
 * these answer goes into the same commit.
 *
 * Invariant 3: nothing but a safe activity starts before its commit. No caller waits for a hold: a message of any other kind
 * ends it, as do the hold time, an incident, the end of the actor and the end of the node.
 * Modes: open (takes messages as they arrive); over (the host submits it).
 * Leaves to others: what a message decides (actor-draft.ts), running activities (early-runs.ts), the commit (actor-host.ts).
 */
import type { EarlyRuns } from '../activity/early-runs.js';
import type { ActorDraft } from '../draft/actor-draft.js';
import { type MessageOutcome, outcomeOf } from '../draft/message-outcome.js';
import type { FailureFence } from '../lease/failure-fence.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { Clock } from '../model/clock.port.js';
import { UnknownActorError } from '../model/durable-errors.js';
import type { RuntimeObserver } from '../model/runtime-observer.js';
import type { ActorRecord, DurableStore } from '../model/store.port.js';
import { outsideRequests } from '../time/outside-requests.js';
import { type Envelope, isFirstDelivery, type MessageBatch } from './mailboxes.js';

export interface HeldDraftOptions {
  readonly store: Pick<DurableStore, 'findEvent'>;
  readonly clock: Clock;
  readonly observer: RuntimeObserver;
  readonly fence: Pick<FailureFence, 'stops'>;
  /** Longest time that a draft is held, in milliseconds. 0: none is. */
  readonly maxHoldMs: number;
}

export interface DraftScene {
  readonly draft: ActorDraft;
  readonly registration: RegisteredMachine;
  readonly stored: ActorRecord | null;
  readonly batch: MessageBatch;
  /** Null: nothing starts before the commit, and the draft is not held. */
  readonly early: EarlyRuns | null;
}

export interface Answered {
  readonly envelope: Envelope;
  readonly outcome: MessageOutcome;
}

export class HeldDraft {
  readonly answered: Answered[] = [];
  /** They arrived while the draft was held, for an actor of another machine. */
  readonly misdirected: Envelope[] = [];
  private isOver = false;
  private wake = (): void => undefined;

  constructor(
    private readonly scene: DraftScene,
    private readonly options: HeldDraftOptions,
  ) {}

  /** Applies the messages, and those that arrive while the draft is held. Resolves when the draft is to be submitted. */
  async collect(envelopes: readonly Envelope[]): Promise<void> {
    const { draft, batch, early } = this.scene;
    await this.apply(envelopes);
    if (early === null) return;
    if (this.mayWait()) await outsideRequests(() => this.hold(early));
    // After a death nothing starts before its commit: what kills its process must be counted by its deliveries.
    if (batch.taken.every(isFirstDelivery)) early.start(draft.tasks.startActivities);
  }

  /** Ends the hold. */
  release(): void {
    this.isOver = true;
    this.wake();
  }

  private async hold(early: EarlyRuns): Promise<void> {
    const { draft, batch } = this.scene;
    const over = new Promise<void>((resolve) => (this.wake = resolve));
    const cancel = this.options.clock.after(this.options.maxHoldMs, () => this.release());
    try {
      while (this.mayWait()) {
        early.start(draft.tasks.startActivities);
        await Promise.race([batch.arrived(), over]);
        await this.apply(batch.take());
      }
    } finally {
      cancel();
    }
  }

  private mayWait(): boolean {
    const { draft, registration, batch } = this.scene;
    if (this.isOver || this.options.maxHoldMs === 0 || !batch.isOpen || draft.current?.runtimeStatus !== 'running')
      return false;
    if (!batch.taken.every((each) => each.run?.isSafe === true && isFirstDelivery(each))) return false;
    const { startActivities, changedEvents, changedIncidents } = draft.tasks;
    if (startActivities.length === 0 || changedEvents.length > 0 || changedIncidents.length > 0) return false;
    const { timers } = draft.bookkeeping;
    const soon = this.options.clock.now() + this.options.maxHoldMs;
    return (
      startActivities.every(({ sources }) => registration.activityRules.settingsOf(sources).safe) &&
      timers.every(({ dueAt }) => dueAt > soon)
    );
  }

  private async apply(envelopes: readonly Envelope[]): Promise<void> {
    const { draft, registration, stored } = this.scene;
    const { clock, observer } = this.options;
    const { actorId } = draft;
    for (const envelope of envelopes) {
      const { message, reject, run } = envelope;
      if (isForeign(envelope, stored)) {
        this.misdirected.push(envelope);
        continue;
      }
      if (!draft.exists && message.kind !== 'start') {
        reject(new UnknownActorError(actorId));
        continue;
      }
      const isFailure = message.kind === 'activity.failed';
      if (run?.isWanted() === false || (isFailure && (await this.options.fence.stops(actorId, message)))) {
        this.answered.push({ envelope, outcome: outcomeOf('stale') });
        continue;
      }
      const since = observer.now();
      const seen = 'key' in message && message.key !== null ? await this.findSeen(message.key) : null;
      const outcome: MessageOutcome =
        seen === null
          ? draft.apply(message, clock.now())
          : { disposition: 'duplicate', reason: seen.reason, firstState: seen.state };
      observer.turnComputed(actorId, registration.machineId, message, outcome.disposition, since);
      this.answered.push({ envelope, outcome });
    }
  }

  private findSeen(key: string) {
    const { stored } = this.scene;
    return stored === null ? null : this.options.store.findEvent(stored.actorId, key);
  }
}

/** Whether the sender takes the actor for one of another machine. */
export function isForeign({ machineId }: Envelope, stored: ActorRecord | null): boolean {
  return stored !== null && machineId !== null && machineId !== stored.machineId;
}

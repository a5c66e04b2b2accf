/**
 * Has what was announced delivered: moves messages from the outbox to deliveries, has those that are due sent, and forgets
 * old ones. It holds nothing that a crash could lose: every round begins with what the database says.
 *
 * Modes: it sleeps until the next delivery is due, at most POLL_MS; a commit of this process, or an endpoint that has room
 * again, wakes it. Several nodes on PostgreSQL work side by side and never get the same row.
 */
import { type Clock, type DurableLogger, StoreUnavailableError } from '../../durable/index.js';
import type { DeliveryDispatcher } from './delivery-dispatcher.js';
import { fanOut } from './delivery-fan-out.js';
import type { PushOptions } from '../push-options.js';
import type { PushStore } from '../push-store.port.js';

export interface OutboxRelayOptions {
  readonly store: PushStore;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  readonly push: PushOptions;
  readonly dispatcher: DeliveryDispatcher;
}

/** Other nodes' messages, and claims of processes that died, are noticed after this long. */
const POLL_MS = 2_000;
const MESSAGES_AT_ONCE = 100;
const FORGET_EVERY_MS = 3_600_000;
const FORGET_AT_ONCE = 500;
const STOP_GRACE_MS = 3_000;

export class OutboxRelay {
  private state: 'new' | 'running' | 'stopped' = 'new';
  private working: Promise<void> | null = null;
  private again = false;
  private cancelSleep = (): void => undefined;
  private forgottenAt = -Infinity;

  constructor(private readonly options: OutboxRelayOptions) {}

  /** Once events can say where they come from: after the service listens. */
  start(): void {
    if (this.state !== 'new') return;
    this.state = 'running';
    this.wake();
  }

  /** Has it look at once; cheap, and however often it is called while it looks already, it looks once more. */
  wake(): void {
    if (this.state !== 'running') return;
    if (this.working === null) this.working = this.work();
    else this.again = true;
  }

  async stop(): Promise<void> {
    this.state = 'stopped';
    this.cancelSleep();
    await this.working;
    await this.options.dispatcher.stop(STOP_GRACE_MS);
  }

  private async work(): Promise<void> {
    // Commits of this tick of the event loop are seen by one look.
    await new Promise(setImmediate);
    this.cancelSleep();
    let sleepMs = POLL_MS;
    try {
      sleepMs = await this.round();
    } catch (error) {
      const { logger } = this.options;
      if (error instanceof StoreUnavailableError) logger.debug({ err: error }, 'webhooks wait for the database');
      else logger.error({ err: error }, 'webhooks could not be worked on; tried again soon');
    }
    this.working = null;
    if (this.state !== 'running') return;
    if (this.again) {
      this.again = false;
      this.wake();
    } else this.cancelSleep = this.options.clock.after(sleepMs, () => this.wake());
  }

  /** @returns how long there is nothing to do. */
  private async round(): Promise<number> {
    const { store, clock, push, dispatcher } = this.options;
    let taken: number;
    do {
      taken = await store.relay(MESSAGES_AT_ONCE, (messages, enabled) =>
        fanOut(messages, enabled, push.source(), clock.now()),
      );
    } while (taken === MESSAGES_AT_ONCE && this.state === 'running');
    await dispatcher.dispatch();
    await this.forgetOld();
    const next = await store.nextDeliveryAt();
    // What is due and was not claimed has no room; it is looked at again when there is some.
    return next === null || next <= clock.now() ? POLL_MS : Math.min(POLL_MS, next - clock.now());
  }

  private async forgetOld(): Promise<void> {
    const { store, clock, push } = this.options;
    const now = clock.now();
    if (now - this.forgottenAt < FORGET_EVERY_MS) return;
    let forgotten: number;
    do {
      forgotten = await store.forgetDeliveries(now - push.webhooks.retentionMs, FORGET_AT_ONCE);
    } while (forgotten === FORGET_AT_ONCE && this.state === 'running');
    this.forgottenAt = now;
  }
}

/**
 * Moves messages from the outbox to deliveries, has due deliveries sent, and deletes old ones.
 *
 * It keeps no state that a crash could lose, because every round starts from the database.
 * It sleeps until the next delivery is due, at most POLL_MS. A commit of this process or an endpoint with room wakes it.
 * While no endpoint is enabled, a commit does not wake it.
 * Several nodes on PostgreSQL work in parallel and never get the same row.
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

/** Longest time until the relay notices other nodes' messages and the expired claims of dead processes. */
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
  /** Whether an endpoint is enabled, as far as this process knows. */
  private hasReceivers = true;
  private receiversReadAt = -Infinity;

  constructor(private readonly options: OutboxRelayOptions) {}

  /** Call it after the service listens, because the `source` of events may be unknown before. */
  start(): void {
    if (this.state !== 'new') return;
    this.state = 'running';
    this.wake();
  }

  /** Call it after a commit. */
  committed(): void {
    if (this.hasReceivers) this.wake();
  }

  /** Call it after an endpoint was registered or changed. */
  endpointsChanged(): void {
    this.hasReceivers = true;
    this.wake();
  }

  /** Starts a round at once. Any number of calls during a round cause one more round. */
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
    // One round covers all commits of this tick of the event loop.
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

  /** @returns milliseconds until the next round. */
  private async round(): Promise<number> {
    const { store, clock, push, dispatcher } = this.options;
    await this.lookForReceivers();
    let taken: number;
    do {
      taken = await store.relay(MESSAGES_AT_ONCE, (messages, enabled) =>
        fanOut(messages, enabled, push.source(), clock.now()),
      );
    } while (taken === MESSAGES_AT_ONCE && this.state === 'running');
    await dispatcher.dispatch();
    await this.forgetOld();
    const next = await store.nextDeliveryAt();
    // A due delivery that was not claimed waits for room at its endpoint; `onRoom` wakes the relay.
    return next === null || next <= clock.now() ? POLL_MS : Math.min(POLL_MS, next - clock.now());
  }

  /** Asks the database whether an endpoint is enabled, because another process may have changed one. */
  private async lookForReceivers(): Promise<void> {
    const { store, clock } = this.options;
    const now = clock.now();
    if (this.hasReceivers && now - this.receiversReadAt < POLL_MS) return;
    this.hasReceivers = (await store.listEndpoints()).some(({ disabledAt }) => disabledAt === null);
    this.receiversReadAt = now;
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

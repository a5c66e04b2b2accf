/** What operators do: look after incidents, stop an order for a while, correct it, end it. */
import type { FaultPlan } from './fault-plan.js';
import type { OperatorRequest } from './operator-request.js';
import type { FakePartners } from './fake-partners.js';
import type { RandomSource } from './random-source.js';
import type { ServiceClient } from './service-client.js';
import { DAY, HOUR, MINUTE, type WorldTime } from './world-time.js';

export interface OperatorsOptions {
  readonly time: WorldTime;
  readonly random: RandomSource;
  readonly faults: FaultPlan;
  readonly ledger: FakePartners;
  readonly client: ServiceClient;
}

/** A suspended order waits for ever, so whoever suspends one comes back until somebody answers. */
const UNTIL_ANSWERED = 1_000;

export class Operators {
  private requests = 0;

  constructor(private readonly options: OperatorsOptions) {}

  /** Some orders are stopped or ended for reasons of their own, wherever they stand by then. */
  placed(orderId: string): void {
    const { time, random } = this.options;
    const does = random.weighted({ nothing: 940, suspends: 50, terminates: 10 });
    if (does === 'nothing') return;
    const afterMs = random.chance(0.5) ? random.between(0, 10_000) : random.around(20 * MINUTE);
    time.after(afterMs, () => (does === 'suspends' ? this.suspend(orderId) : this.terminate(orderId)));
  }

  /** Somebody saw the incident. */
  incident(orderId: string): void {
    const { time, random, client, faults } = this.options;
    const does = random.weighted({ retries: 42, corrects: 10, suspends: 5, terminates: 2, cancels: 8, ignores: 33 });
    if (does === 'ignores') return;
    time.after(random.around(30 * MINUTE), () => {
      switch (does) {
        case 'retries':
          this.ask(orderId, { type: 'retry', correction: null }, random.between(1, 3));
          return;
        case 'corrects':
          this.correct(orderId);
          return;
        case 'suspends':
          this.suspend(orderId);
          return;
        case 'terminates':
          this.terminate(orderId);
          return;
        case 'cancels':
          faults.count('operator cancel');
          client.send(orderId, { type: 'order.cancel' }, this.nextKey(orderId), 5);
          return;
      }
    });
  }

  private suspend(orderId: string): void {
    const { time, random } = this.options;
    this.ask(orderId, { type: 'suspend' }, 3);
    const deadlines = random.pick(['keep', 'move'] as const);
    // Whether it was suspended or not: nobody may have answered.
    const afterMs = random.chance(0.3) ? random.between(0, MINUTE) : random.around(3 * HOUR);
    time.after(afterMs, () => {
      if (random.chance(0.05)) this.terminate(orderId);
      else this.resume(orderId, deadlines);
    });
  }

  private resume(orderId: string, deadlines: 'keep' | 'move'): void {
    this.ask(orderId, { type: 'resume', deadlines }, UNTIL_ANSWERED);
    // The suspension may have been on its way still, and be later than this: somebody looks again the next day.
    this.options.time.after(DAY, () => this.ask(orderId, { type: 'resume', deadlines }, UNTIL_ANSWERED));
  }

  private terminate(orderId: string): void {
    this.options.client.expectTermination(orderId);
    this.ask(orderId, { type: 'terminate' }, UNTIL_ANSWERED);
  }

  private correct(orderId: string): void {
    const { random, ledger } = this.options;
    const isAddress = random.chance(0.7);
    ledger.noteCorrection(orderId);
    const correction = isAddress
      ? { customer: { address: { street: `Side ${random.between(1, 99)}` } } }
      : { items: [{ productId: 'pen', count: random.between(1, 3) }] };
    const order = ledger.orders.get(orderId);
    // As the README tells them: the call under the old key did not ship anything, and will not.
    const isSure = (): boolean => !isAddress || (order?.shipments === 0 && order.underWay === 0);
    this.ask(orderId, { type: 'retry', correction, isSure }, 2);
  }

  private ask(orderId: string, request: OperatorRequest, tries: number): void {
    const { random, faults, client } = this.options;
    faults.count(`operator ${request.type}${request.type === 'resume' ? ` ${request.deadlines}` : ''}`);
    client.operate(orderId, request, random.chance(0.6) ? this.nextKey(orderId) : null, tries);
  }

  private nextKey(orderId: string): string {
    this.requests += 1;
    return `${orderId}-operator-${this.requests}`;
  }
}

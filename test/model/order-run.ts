import { createActor, SimulatedClock } from 'xstate';
import type { OrderActivities, OrderActivityName } from '../../src/orders/machine/order/order-activities.js';
import type { OrderCommand } from '../../src/orders/machine/order/order-events.js';
import { orderMachine, provideOrderActivities } from '../../src/orders/machine/order/order-machine.js';
import type { ActivityFailure, OrderSettings, RetryPolicy } from '../../src/orders/machine/order/order-model.js';
import { stepOf, type StoredOrder } from '../../src/orders/machine/order/order-step.js';
import { activitiesOf, ANSWERS, failure, SETTINGS, START } from './order-fixture.js';

/** What a partner does when called: fail, answer, or say nothing until the test does. */
type Answer<K extends OrderActivityName> =
  { readonly failure: ActivityFailure } | { readonly output: OrderActivities[K]['output'] } | 'silent';

/** One answer per call; the last one is kept. An activity without a script answers that all is well. */
export type Script = { readonly [K in OrderActivityName]?: readonly Answer<K>[] };

export interface Call {
  readonly activity: OrderActivityName;
  readonly input: object;
  /** Milliseconds of the simulated clock. */
  readonly at: number;
}

export const down: { failure: ActivityFailure } = { failure: failure('partner_unavailable', true) };
export const downFor = (retryAfterMs: number) => ({ failure: failure('partner_unavailable', true, retryAfterMs) });
export const refusal = (code: string) => ({ failure: failure(code, false) });
export const output = <T>(value: T) => ({ output: value });

/** An order run in virtual time against scripted partners. */
export class OrderRun {
  readonly clock = new SimulatedClock();
  readonly calls: Call[] = [];
  private readonly actor;

  constructor(script: Script = {}, settings: Partial<OrderSettings> = {}, retry: Partial<RetryPolicy> = {}) {
    const activities = activitiesOf((activity, input) => this.perform(script, activity, input));
    this.actor = createActor(provideOrderActivities(orderMachine, activities), {
      input: { ...START, settings: { ...SETTINGS, ...settings, retry: { ...SETTINGS.retry, ...retry } } },
      clock: this.clock,
    });
  }

  /** A started order, run until it waits. */
  static async started(...args: ConstructorParameters<typeof OrderRun>): Promise<OrderRun> {
    const run = new OrderRun(...args);
    run.actor.start();
    await run.settled();
    return run;
  }

  get snapshot() {
    return this.actor.getSnapshot();
  }

  get output() {
    return this.snapshot.output;
  }

  /** Active states from the top down, joined by dots. */
  get state(): string {
    const path = (value: unknown): string =>
      typeof value === 'object' && value !== null
        ? Object.entries(value)
            .map(([key, child]) => `${key}.${path(child)}`)
            .join()
        : String(value);
    return path(this.snapshot.value);
  }

  /** What the API reads, as it is stored. */
  get stored(): StoredOrder {
    // JSON forgets the type; the persisted form of this machine is what StoredOrder describes.
    return JSON.parse(JSON.stringify(this.actor.getPersistedSnapshot())) as StoredOrder;
  }

  get step() {
    return stepOf(this.stored);
  }

  get called(): OrderActivityName[] {
    return this.calls.map((call) => call.activity);
  }

  timesOf(activity: OrderActivityName): number[] {
    return this.calls.filter((call) => call.activity === activity).map((call) => call.at);
  }

  inputOf(activity: OrderActivityName): object | undefined {
    return this.calls.find((call) => call.activity === activity)?.input;
  }

  can(event: OrderCommand): boolean {
    return this.snapshot.can(event);
  }

  async send(event: OrderCommand): Promise<void> {
    this.actor.send(event);
    await this.settled();
  }

  async advance(ms: number): Promise<void> {
    this.clock.increment(ms);
    await this.settled();
  }

  /** Every promise that can go on has gone on. */
  private async settled(): Promise<void> {
    await new Promise(setImmediate);
  }

  private perform<K extends OrderActivityName>(
    script: Script,
    activity: K,
    input: OrderActivities[K]['input'],
  ): Promise<OrderActivities[K]['output']> {
    const at = this.clock.now();
    const nth = this.calls.filter((call) => call.activity === activity).length;
    this.calls.push({ activity, input, at });
    const answers: readonly Answer<K>[] = script[activity] ?? [{ output: ANSWERS[activity] }];
    const answer = answers[Math.min(nth, answers.length - 1)] ?? 'silent';
    if (answer === 'silent') return new Promise(() => {});
    if ('output' in answer) return Promise.resolve(answer.output);
    return Promise.reject(Object.assign(new Error(), answer.failure, { startedAt: at + 1, failedAt: at + 1 }));
  }
}

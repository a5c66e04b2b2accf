/** Every order in which callbacks, cancellation and timeout can arrive, played in the real runtime. */
import { MINUTE, SECOND } from '../simulator/world-time.js';
import type { OrderCommand } from '../../src/orders/machine/order/order-events.js';
import type { Arrival } from './arrival-oracle.js';
import { OrderScene, rest } from './order-scene.js';
import { SETTINGS } from './scene-request.js';

/** Arrivals before the payment is open, and after. */
const EARLY: readonly Arrival[] = ['accepted', 'rejected', 'duplicate', 'wrong amount', 'cancel'];
const ALL: readonly Arrival[] = [...EARLY, 'late', 'timeout'];
const CALLBACKS: ReadonlySet<Arrival> = new Set<Arrival>(['accepted', 'rejected', 'late', 'wrong amount']);

/** All sequences of so many arrivals, with the moment at which the payment opens at every place. */
export function arrivalOrders(length: number): Arrival[][] {
  return Array.from({ length: length + 1 }, (_, early) =>
    products([
      ...Array.from({ length: early }, () => EARLY),
      ['opens'] as const,
      ...Array.from({ length: length - early }, () => ALL),
    ]),
  )
    .flat()
    .filter(hasWhatItRepeats);
}

function products(places: readonly (readonly Arrival[])[]): Arrival[][] {
  return places.reduce<Arrival[][]>((all, place) => all.flatMap((each) => place.map((next) => [...each, next])), [[]]);
}

/** A duplicate needs a first one. */
function hasWhatItRepeats(arrivals: readonly Arrival[]): boolean {
  const repeat = arrivals.indexOf('duplicate');
  return repeat === -1 || arrivals.slice(0, repeat).some((arrival) => CALLBACKS.has(arrival));
}

/** Sequences whose arrivals let time pass at the same places can share a world: time is the same for all in it. */
export function byTimes(sequences: readonly (readonly Arrival[])[]): (readonly Arrival[])[][] {
  const worlds = new Map<string, (readonly Arrival[])[]>();
  for (const arrivals of sequences) {
    const times = arrivals.map((arrival) => (takesTime(arrival) ? arrival.replace('late', 'timeout') : '-')).join();
    const world = worlds.get(times);
    if (world === undefined) worlds.set(times, [arrivals]);
    else world.push(arrivals);
  }
  return [...worlds.values()].flatMap((world) =>
    Array.from({ length: Math.ceil(world.length / WORLD_SIZE) }, (_, at) =>
      world.slice(at * WORLD_SIZE, (at + 1) * WORLD_SIZE),
    ),
  );
}

/** The store in memory looks through all its tasks for those that are due. */
const WORLD_SIZE = 100;

const takesTime = (arrival: Arrival): boolean => arrival === 'late' || arrival === 'timeout' || arrival === 'opens';

export interface Played {
  readonly arrivals: readonly Arrival[];
  readonly orderId: string;
  readonly outcome: string | null;
  readonly money: string;
  readonly refunds: number;
  readonly shipments: number;
  /** Callbacks that were acknowledged and have no lasting state. */
  readonly forgotten: readonly string[];
}

export interface Playing {
  /** Time for what follows from an arrival before the next one comes. */
  readonly leisurely: boolean;
  /** The process dies between any two arrivals, and starts again. */
  readonly restarts: boolean;
}

/** Longer than every deadline to pay, shorter than a dispute lasts. */
const PAST_THE_DEADLINE_MS = 12 * MINUTE;
/** Long enough for a call to a partner, its time limit and the next tries; a few of them fit before the deadline to pay. */
const LEISURE_MS = 90 * SECOND;

/** Plays sequences that fit into one world. @throws Error when a promise is broken on the way, or an order never ends. */
export async function play(sequences: readonly (readonly Arrival[])[], playing: Playing): Promise<Played[]> {
  const settings = { ...SETTINGS, retry: { ...SETTINGS.retry, maxAttempts: 100, jitter: 0 } };
  const scene = new OrderScene({ seed: 1, settings });
  scene.faults.partner('payment', 'down');
  await scene.boot();
  const orders = sequences.map((arrivals) => new PaidOrder(scene, ordinaryOrder(scene), arrivals));
  for (const { orderId } of orders) await scene.ask({ kind: 'start' }, orderId);
  await scene.pass(() => orders.every(({ isAsking }) => isAsking), MINUTE);
  const [first = []] = sequences;
  for (const [place, shared] of first.entries()) {
    for (const order of orders) await order.arrives(place);
    if (shared === 'opens') {
      scene.faults.partners.clear();
      await scene.pass(() => orders.every(({ isAsked }) => isAsked), 2 * MINUTE);
      await scene.advance(LEISURE_MS);
    } else if (takesTime(shared)) await scene.advance(PAST_THE_DEADLINE_MS);
    for (const order of orders) await order.tellLate(place);
    if (playing.leisurely) await scene.advance(LEISURE_MS);
    if (playing.restarts) {
      scene.crash();
      await scene.boot();
    }
  }
  const ended = await scene.settle(orders.map(({ orderId }) => orderId));
  const [violation] = scene.violations;
  if (violation !== undefined) throw new Error(`${violation.invariant}: ${violation.orderId}: ${violation.detail}`);
  if (!ended) throw new Error('An order never ended.');
  return orders.map((order) => order.played);
}

class PaidOrder {
  private readonly sent = new Map<string, OrderCommand>();

  constructor(
    private readonly scene: OrderScene,
    readonly orderId: string,
    private readonly arrivals: readonly Arrival[],
  ) {}

  /** The payment is being asked for, so far in vain. */
  get isAsking(): boolean {
    return this.scene.rowOf(this.orderId)?.status === 'AwaitingPayment';
  }

  get isAsked(): boolean {
    return this.ledger.payment !== null;
  }

  async arrives(place: number): Promise<void> {
    const { scene, orderId, ledger } = this;
    const arrival = this.arrivals[place];
    switch (arrival) {
      case 'accepted':
      case 'late':
        this.decide('captured');
        if (arrival === 'accepted') await this.send(place, { type: 'payment.accepted', ...this.payment });
        return;
      case 'rejected':
        this.decide('rejected');
        await this.send(place, { type: 'payment.rejected', paymentId: this.payment.paymentId });
        return;
      case 'wrong amount':
        await this.send(place, { type: 'payment.accepted', ...this.payment, amount: { amount: 1, currency: 'EUR' } });
        return;
      case 'duplicate': {
        const [[key, event] = []] = this.sent;
        if (key === undefined || event === undefined) throw new Error('There is nothing to repeat.');
        const { answer } = await scene.ask({ kind: 'event', event, key }, orderId);
        if (answer.kind !== 'answered' || answer.disposition !== 'duplicate')
          throw new Error('A repeat was not known.');
        return;
      }
      case 'cancel':
        await scene.ask({ kind: 'event', event: { type: 'order.cancel' }, key: null }, orderId);
        return;
      case 'timeout':
      case 'opens':
        return;
      case undefined:
        throw new Error(`No arrival at ${place} of ${ledger.orderId}.`);
    }
  }

  /** After time has passed: the callback of what was paid before. */
  async tellLate(place: number): Promise<void> {
    if (this.arrivals[place] === 'late') await this.send(place, { type: 'payment.accepted', ...this.payment });
  }

  get played(): Played {
    const { arrivals, orderId, ledger, scene } = this;
    const settled = (key: string): boolean => ['applied', 'refused'].includes(scene.stateOf(key, orderId) ?? '');
    return {
      arrivals,
      orderId,
      outcome: scene.rowOf(orderId)?.outcome ?? null,
      money: ledger.payment?.status ?? 'none',
      refunds: ledger.refunds,
      shipments: ledger.shipments,
      forgotten: [...this.sent.keys()].filter((key) => !settled(key)),
    };
  }

  private get ledger() {
    return this.scene.ledger.orders.get(this.orderId)!;
  }

  /** As the provider will call it, or calls it already. */
  private get payment() {
    return { paymentId: `payment-${this.orderId}`, amount: { amount: 2_975, currency: 'EUR' } };
  }

  private decide(status: 'captured' | 'rejected'): void {
    const { scene, orderId, ledger } = this;
    if (ledger.payment !== null) scene.ledger.decide(ledger, status);
    else if (!scene.decidesAtOnce.has(orderId)) scene.decidesAtOnce.set(orderId, status);
  }

  private async send(place: number, event: OrderCommand): Promise<void> {
    const key = `callback-${place}`;
    this.sent.set(key, event);
    const { answer } = await this.scene.ask({ kind: 'event', event, key }, this.orderId);
    if (answer.kind !== 'answered') throw new Error('A callback was not answered.');
    await rest();
  }
}

/** The ledger of an order whose cart is filled and whose goods are there. @returns its id. */
function ordinaryOrder(scene: OrderScene): string {
  for (;;) {
    const { orderId, stock, cart } = scene.ledger.open(`order-${scene.ledger.orders.size + 1}`);
    if (stock === 'all' && cart === 'filled') return orderId;
  }
}

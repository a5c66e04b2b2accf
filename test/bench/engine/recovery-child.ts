/** The runtime on a database, in a process of its own that is killed or takes up what a killed one left; see recovery-bench.ts. */
import 'reflect-metadata';
import type { OrderActivityName } from '../../../src/orders/machine/order/order-activities.js';
import { createStore } from '../../../src/store/store-factory.js';
import { ANSWERS } from '../../model/order-fixture.js';
import { OrderEngine } from './order-engine.js';
import type { RecoveryCommand, RecoveryEvent } from './recovery-bench.js';

/** The calls of an order that goes well. */
const CALLS: readonly OrderActivityName[] = [
  'getProducts',
  'getAddress',
  'reserveProducts',
  'calculateShipping',
  'calculateFinalPrice',
  'startPayment',
  'consumeReservation',
  'sendShippingOrder',
];
const AT_ONCE = 100;

const tell = (event: RecoveryEvent): void => void process.send?.(event);

async function begin({ store: config, orders }: RecoveryCommand): Promise<void> {
  // The first calls of each kind are never answered, so that an equal share of the orders stops at each.
  const share = Math.ceil(orders / CALLS.length);
  const calls = new Map<string, number>();
  let underWay = 0;
  const { store } = await createStore(config);
  const engine = new OrderEngine(store, (activity) => {
    const count = (calls.get(activity) ?? 0) + 1;
    calls.set(activity, count);
    if (count > share) return Promise.resolve(ANSWERS[activity]);
    underWay += 1;
    if (underWay === orders) tell({ done: true });
    return new Promise(() => undefined);
  });
  payWhenParked(engine);
  await engine.runtime.start();
  tell({ ready: true });
  for (let first = 0; first < orders; first += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, orders - first) }, () => engine.start()));
  }
}

async function finish({ store: config, orders }: RecoveryCommand): Promise<void> {
  const { store } = await createStore(config);
  const engine = new OrderEngine(store);
  let ended = 0;
  engine.onPassage((_, passage) => {
    if (passage === 'ended') ended += 1;
    if (passage === 'ended' && ended === orders) tell({ done: true });
  });
  payWhenParked(engine);
  await engine.runtime.start();
  tell({ ready: true });
}

function payWhenParked(engine: OrderEngine): void {
  engine.onPassage((id, passage) => {
    if (passage === 'parked') engine.pay(id).catch(fail);
  });
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

process.once('message', (command: RecoveryCommand) => {
  (command.what === 'begin' ? begin(command) : finish(command)).catch(fail);
});
process.on('disconnect', () => process.exit(1));

/**
 * Fills a store with orders that wait for their payment, through the store's own port: one order is brought there by the
 * real runtime, the others are its rows under other ids and with other deadlines.
 */
import { randomUUID } from 'node:crypto';
import {
  type ActorCommit,
  type ActorView,
  DurableHandle,
  DurableRuntime,
  type DurableStore,
} from '../../src/durable/index.js';
import { MemoryStore } from '../../src/durable/testing.js';
import { OrderStatus } from '../../src/orders/machine/order/order-status.js';
import type { OrderMachine } from '../../src/orders/machine/order/order-machine.js';
import type { OrderSettings } from '../../src/orders/machine/order/order-model.js';
import { orderRegistration } from '../../src/orders/order-registration.js';
import { activitiesOf, ANSWERS, HOUR, SETTINGS } from '../model/order-fixture.js';
import { storeCopies } from './order-copies.js';

/** Far enough not to come while the store is filled and measured. */
const PARKED: OrderSettings = { ...SETTINGS, paymentTimeoutMs: 1_000 * HOUR };

const AWAITING_PAYMENT: string = OrderStatus.AwaitingPayment;

/** Orders whose partners answer at once and do nothing. */
export function instantOrders() {
  return orderRegistration(activitiesOf((activity) => Promise.resolve(ANSWERS[activity])));
}

export function startOf(orderId: string) {
  return { orderId, correlationId: randomUUID(), shoppingCartId: randomUUID(), userId: randomUUID(), settings: PARKED };
}

function isParked({ status, waitingFor }: Pick<ActorView, 'status' | 'waitingFor'>): boolean {
  return status === AWAITING_PAYMENT && waitingFor.every(({ kind }) => kind === 'timer');
}

/** The rows of one order that waits for its payment, as the commit that would write them all at once. */
async function parkedOrder(): Promise<{ readonly commit: ActorCommit; readonly dueAt: number }> {
  const store = new MemoryStore();
  const runtime = new DurableRuntime({ store });
  const orders = new DurableHandle<OrderMachine>(runtime, runtime.register(instantOrders()));
  await runtime.start();
  const id = randomUUID();
  await orders.start(startOf(id), { id });
  await orders.wait(id, isParked, 10_000);
  await runtime.stop();
  const actor = await store.loadActor(id);
  const addTasks = await store.tasksOf(id);
  const [timer] = addTasks;
  if (actor === null || timer?.kind !== 'timer' || addTasks.length !== 1) throw new Error('The order is not parked.');
  const commit = { expectedRevision: 0, actor, addTasks, removeTaskIds: [], history: store.rows, events: [] };
  return { commit, dueAt: timer.dueAt };
}

/** @param dueAts deadlines of their payments, one for each order, epoch milliseconds. */
export async function fillWithParkedOrders(store: DurableStore, dueAts: readonly number[]): Promise<void> {
  const parked = await parkedOrder();
  await storeCopies(store, parked.commit, dueAts.length, (copy, index) => {
    const text = copy.replaceAll(String(parked.dueAt), String(dueAts[index] ?? parked.dueAt));
    return JSON.parse(text) as ActorCommit; // the text is one
  });
}

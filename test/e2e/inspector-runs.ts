/**
 * Runs as a process of its own, because the official package is an ES module, which jest cannot load: the same order twice,
 * once with real promises under `@statelyai/inspect`, once in the durable runtime. Prints `{ official, ours }`: the messages
 * of the first, and those made of the second's history.
 */
import { createActor, fromPromise, type PromiseActorLogic } from 'xstate';
import { HistoryFrames } from '../../src/dashboard/inspector/history-frames.js';
import { DurableHandle, DurableRuntime, fromActivity } from '../../src/durable/index.js';
import { MemoryStore } from '../../src/durable/testing.js';
import type { OrderActivityLogics } from '../../src/orders/machine/order/order-activities.js';
import {
  orderMachine,
  provideOrderActivities,
  type OrderMachine,
} from '../../src/orders/machine/order/order-machine.js';
import type { StartOrderContext } from '../../src/orders/machine/order/order-model.js';
import { orderRegistration } from '../../src/orders/order-registration.js';

/** What both runs are given, so that they are the same run. */
interface Script {
  readonly input: StartOrderContext;
  /** Of every activity, by name. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

const OPEN = '{"AwaitingPayment":"open"}';

function logicsOf({ outputs }: Script, logicOf: (output: unknown) => PromiseActorLogic<unknown>): OrderActivityLogics {
  const logics = Object.entries(outputs).map(([name, output]) => [name, logicOf(output)]);
  return Object.fromEntries(logics) as OrderActivityLogics; // of all of them
}

async function official(script: Script): Promise<unknown[]> {
  const { createInspector } = await import('@statelyai/inspect');
  const frames: unknown[] = [];
  const inspector = createInspector(
    { send: (frame: unknown) => frames.push(frame) },
    { serializationDepthLimit: 100 }, // its own would cut the definition off
  );
  const logics = logicsOf(script, (output) => fromPromise(() => Promise.resolve(output)));
  const actor = createActor(provideOrderActivities(orderMachine, logics), {
    input: script.input,
    inspect: inspector.inspect,
  });
  actor.start();
  while (actor.getSnapshot().status === 'active') {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (JSON.stringify(actor.getSnapshot().value) === OPEN)
      actor.send({ type: 'payment.accepted', paymentId: 'pay-1' });
  }
  // It writes each message in a task of its own.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return frames;
}

async function ours(script: Script): Promise<unknown[]> {
  const runtime = new DurableRuntime({ store: new MemoryStore() });
  const logics = logicsOf(script, (output) => fromActivity(() => Promise.resolve(output)));
  const registered = runtime.register(orderRegistration(logics));
  const orders = new DurableHandle<OrderMachine>(runtime, registered);
  await runtime.start();
  const { orderId: id } = script.input;
  await orders.start(script.input, { id });
  await orders.wait(id, ({ waitingFor }) => waitingFor.some(({ name }) => name.includes('paymentTimeout')), 10_000);
  await orders.send(id, { type: 'payment.accepted', paymentId: 'pay-1' });
  await orders.wait(id, ({ completedAt }) => completedAt !== null, 10_000);
  const entries = (await orders.history(id)).map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
  await runtime.stop(0);
  return new HistoryFrames(registered.twin, id).next(entries);
}

async function main(): Promise<void> {
  const script = JSON.parse(process.argv[2] ?? '') as Script; // given by the test
  process.stdout.write(JSON.stringify({ official: await official(script), ours: await ours(script) }));
}

void main();

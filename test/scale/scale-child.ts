/**
 * The runtime on a store of parked orders, in a process of its own with `--expose-gc`, so that its memory can be read.
 * Its clock may be set forward, never back. Talks to its parent over IPC; see scale-process.ts.
 */
import { randomUUID } from 'node:crypto';
import { type Clock, DurableHandle, DurableRuntime, SteadyClock } from '../../src/durable/index.js';
import type { OrderMachine } from '../../src/orders/machine/order/order-machine.js';
import { createStore } from '../../src/store/store-factory.js';
import { instantOrders, startOf } from './parked-orders.js';
import type { ScaleCommand, ScaleEvent } from './scale-process.js';

const clock = new SteadyClock();

/** Real time, set forward. */
class ForwardClock implements Clock {
  constructor(private readonly aheadMs: number) {}

  now(): number {
    return clock.now() + this.aheadMs;
  }

  after(delayMs: number, run: () => void): () => void {
    return clock.after(delayMs, run);
  }
}

const tell = (event: ScaleEvent): void => void process.send?.(event);

async function serve({ store: config, aheadMs }: ScaleCommand): Promise<void> {
  const started = performance.now();
  const { store } = await createStore(config);
  const runtime = new DurableRuntime({ store, clock: new ForwardClock(aheadMs) });
  const orders = new DurableHandle<OrderMachine>(runtime, runtime.register(instantOrders()));
  let ended = 0;
  runtime.onCommitted((actor) => {
    if (actor.completedAt !== null) ended += 1;
  });
  await runtime.start();
  const id = randomUUID();
  await orders.start(startOf(id), { id });
  tell({ firstOrderMs: performance.now() - started });

  process.on('message', (question: 'memory' | 'ended' | 'cpu' | 'audited') => {
    const { user, system } = process.cpuUsage();
    if (question === 'ended') tell({ ended });
    else if (question === 'audited') tell({ audited: runtime.audit.finished });
    else if (question === 'cpu') tell({ cpuMicros: user + system });
    else {
      // Twice: the first frees what only finalizers held.
      global.gc?.();
      global.gc?.();
      tell({ rssBytes: process.memoryUsage.rss() });
    }
  });
}

process.once('message', (command: ScaleCommand) => {
  serve(command).catch((error: unknown) => {
    tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  });
});
process.on('disconnect', () => process.exit(1));

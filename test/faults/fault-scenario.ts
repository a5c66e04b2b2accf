/**
 * One actor from its start to its end on a store that fails once, with the callers that it has: they try again while they
 * are told that the store is away.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { setup } from 'xstate';
import { DurableHandle, DurableRuntime, fromActivity } from '../../src/durable/index.js';
import { type DurableStore, StoreUnavailableError } from '../../src/durable/store.js';

const machine = setup({
  actors: {
    reserve: fromActivity<number, unknown>(() => Promise.resolve(7)),
    ship: fromActivity<number, unknown>(() => Promise.resolve(8)),
  },
  delays: { soon: 5 },
}).createMachine({
  id: 'parcel',
  initial: 'reserving',
  states: {
    reserving: { invoke: { src: 'reserve', id: 'reserve', onDone: 'waiting', onError: 'broken' } },
    waiting: { on: { pay: 'resting' } },
    resting: { after: { soon: 'shipping' } },
    shipping: { invoke: { src: 'ship', id: 'ship', onDone: 'shipped', onError: 'broken' } },
    broken: { tags: 'incident' },
    shipped: { type: 'final' },
  },
});

/** What a caller of the service may be told of a store that fails: HTTP answers it with 503 and Retry-After. */
async function persistently<T>(call: () => Promise<T>, refusals: unknown[]): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      refusals.push(error);
      if (!(error instanceof StoreUnavailableError)) throw error;
      await pause(10);
    }
  }
}

export interface ScenarioOutcome {
  readonly status: string;
  readonly runtimeStatus: string;
  readonly incidents: number;
  /** Errors that callers got, other than that the store is away. */
  readonly defects: readonly string[];
}

/** What every scenario has to end with. */
export const SHIPPED: ScenarioOutcome = { status: 'shipped', runtimeStatus: 'completed', incidents: 0, defects: [] };

const LIMIT_MS = 30_000;

export async function playScenario(store: DurableStore, actorId = 'parcel-1'): Promise<ScenarioOutcome> {
  const runtime = new DurableRuntime({ store, pollMs: 500, leaseMs: 60_000 });
  const parcels = new DurableHandle(runtime, runtime.register({ machine }));
  const refusals: unknown[] = [];
  try {
    await persistently(() => runtime.start(), refusals);
    await persistently(() => parcels.start(undefined, { id: actorId }), refusals);
    await persistently(() => parcels.send(actorId, { type: 'pay' }, { key: 'payment-1' }), refusals);
    const until = Date.now() + LIMIT_MS;
    let actor = await persistently(() => store.loadActor(actorId), refusals);
    while (actor?.runtimeStatus === 'running' && !actor.incident && Date.now() < until) {
      await pause(10);
      actor = await persistently(() => store.loadActor(actorId), refusals);
    }
    const open = await persistently(() => store.listIncidents({ subjectId: actorId, open: true, limit: 10 }), refusals);
    return {
      status: actor?.status ?? 'lost',
      runtimeStatus: actor?.runtimeStatus ?? 'lost',
      incidents: open.length,
      defects: refusals.filter((each) => !(each instanceof StoreUnavailableError)).map(String),
    };
  } catch (error) {
    return { status: 'refused', runtimeStatus: 'refused', incidents: 0, defects: [String(error)] };
  } finally {
    await runtime.stop(2_000);
  }
}

/** Plays all cases, `width` at a time. @returns those that did not end as they have to. */
export async function failuresOf<TCase>(
  cases: readonly TCase[],
  width: number,
  play: (each: TCase) => Promise<ScenarioOutcome>,
): Promise<readonly { readonly failed: TCase; readonly outcome: ScenarioOutcome }[]> {
  const failures: { failed: TCase; outcome: ScenarioOutcome }[] = [];
  const left = [...cases];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const outcome = await play(next);
      if (JSON.stringify(outcome) !== JSON.stringify(SHIPPED)) failures.push({ failed: next, outcome });
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return failures;
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTick } from 'node:timers/promises';
import { setup } from 'xstate';
import {
  type DurableHandle,
  DurableHandle as Handle,
  DurableRuntime,
  fromActivity,
  SteadyClock,
} from '../../src/durable/index.js';
import { MemoryStore, RecordingLogger } from '../../src/durable/testing.js';

/** As the logger of requests keeps the request that is under way. */
const request = new AsyncLocalStorage<string>();

/** What was done, and in whose request. */
const seen: { readonly what: string; readonly as: string | undefined }[] = [];
const note = (what: string): void => void seen.push({ what, as: request.getStore() });
const asOf = (what: string) => [...new Set(seen.filter((each) => each.what === what).map(({ as }) => as))];

const jobMachine = setup({
  types: { events: {} as { type: 'go' } },
  actors: {
    work: fromActivity<string, undefined>(() => {
      note('activity');
      return Promise.resolve('done');
    }),
    read: fromActivity<string, undefined>(() => {
      note('read');
      return Promise.resolve('done');
    }),
  },
  delays: { soon: 1 },
}).createMachine({
  id: 'job',
  initial: 'reading',
  states: {
    reading: { invoke: { id: 'read', src: 'read', onDone: 'working' } },
    working: { invoke: { id: 'work', src: 'work', onDone: 'waiting' } },
    waiting: { on: { go: 'resting' } },
    resting: { after: { soon: 'done' } },
    done: { type: 'final' },
  },
});

class NotingStore extends MemoryStore {
  isAway = false;

  override commit(batch: Parameters<MemoryStore['commit']>[0]): ReturnType<MemoryStore['commit']> {
    note('commit');
    return super.commit(batch);
  }

  override claimDueTasks(claim: Parameters<MemoryStore['claimDueTasks']>[0]): ReturnType<MemoryStore['claimDueTasks']> {
    note('claim');
    return super.claimDueTasks(claim);
  }

  override renewNode(nodeId: string, aliveUntil: number): Promise<boolean> {
    note('renewal');
    if (this.isAway) return Promise.reject(new Error('The database is away.'));
    return super.renewNode(nodeId, aliveUntil);
  }
}

class NotingLogger extends RecordingLogger {
  override warn(fields: object, message: string): void {
    note('log');
    super.warn(fields, message);
  }
}

describe('Background work of the runtime', () => {
  let store: NotingStore;
  let runtime: DurableRuntime;
  let jobs: DurableHandle<typeof jobMachine>;

  beforeEach(async () => {
    seen.length = 0;
    store = new NotingStore();
    runtime = new DurableRuntime({
      store,
      clock: new SteadyClock(),
      logger: new NotingLogger(),
      pollMs: 5,
      leaseMs: 15,
    });
    jobs = new Handle(runtime, runtime.register({ machine: jobMachine, activities: { read: { safe: true } } }));
    runtime.onCommitted(() => note('listener'));
    await runtime.start();
  });
  afterEach(() => runtime.stop(0));

  const until = async (isTrue: () => Promise<boolean> | boolean): Promise<void> => {
    while (!(await isTrue())) await nextTick();
  };
  const isAt = (id: string, status: string) => async () => (await store.loadActor(id))?.status === status;

  it('runs outside of any request, whoever began it', async () => {
    for (const id of ['a', 'b', 'c']) {
      await request.run(`start ${id}`, () => jobs.start(undefined, { id }));
      await until(isAt(id, 'waiting'));
      await request.run(`send ${id}`, () => jobs.send(id, { type: 'go' }));
      await until(isAt(id, 'done'));
    }
    await until(() => asOf('renewal').length > 0);
    for (const what of ['activity', 'read', 'commit', 'claim', 'renewal', 'listener'])
      expect([what, asOf(what)]).toEqual([what, [undefined]]);
  });

  it('logs outside of any request that the store is away, and tries again there', async () => {
    await request.run('start', () => jobs.start(undefined, { id: 'a' }));
    store.isAway = true;
    await until(() => asOf('log').length > 0);
    store.isAway = false;
    await until(isAt('a', 'waiting'));
    expect(asOf('log')).toEqual([undefined]);
  });

  it('takes the messages of later requests outside of the first one', async () => {
    const turns: (string | undefined)[] = [];
    const load = store.loadActor.bind(store);
    await request.run('start', () => jobs.start(undefined, { id: 'a' }));
    await until(isAt('a', 'waiting'));
    store.findEvent = (...asked) => {
      turns.push(request.getStore());
      return MemoryStore.prototype.findEvent.apply(store, asked);
    };
    const sent = ['one', 'two', 'three'].map((name) =>
      request.run(name, () => jobs.send('a', { type: 'go' }, { key: name })),
    );
    await Promise.all(sent);
    await load('a');
    // The first is its sender's own; those that came meanwhile are nobody's.
    expect(turns[0]).toBe('one');
    expect(new Set(turns.slice(1))).toEqual(new Set([undefined]));
  });

  it('is told its timers by a clock that keeps no request', async () => {
    const clock = new SteadyClock();
    const as = await new Promise((resolve) => {
      request.run('caller', () => clock.after(0, () => resolve(request.getStore() ?? 'nobody')));
    });
    expect(as).toBe('nobody');
  });
});

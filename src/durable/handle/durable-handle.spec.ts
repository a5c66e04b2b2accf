import { setup } from 'xstate';
import { UnknownActorError } from '../model/durable-errors.js';
import { DurableHarness } from '../testing/durable-harness.js';
import { MemoryStore } from '../testing/memory-store.js';

const lampOf = (id: string) =>
  setup({ types: { events: {} as { type: 'toggle' } } }).createMachine({
    id,
    initial: 'off',
    states: { off: { on: { toggle: 'on' } }, on: { on: { toggle: 'off' } } },
  });

/** Counts what is asked of it. */
class CountingStore extends MemoryStore {
  reads = 0;

  override loadActor(...request: Parameters<MemoryStore['loadActor']>): ReturnType<MemoryStore['loadActor']> {
    this.reads += 1;
    return super.loadActor(...request);
  }

  override loadHead(...request: Parameters<MemoryStore['loadHead']>): ReturnType<MemoryStore['loadHead']> {
    this.reads += 1;
    return super.loadHead(...request);
  }
}

describe('a handle', () => {
  const store = new CountingStore();
  const audit = { by: 'operator' };
  /** One of several processes on the store. */
  const boot = () =>
    DurableHarness.start({
      store,
      register: (node) => ({
        lamps: node.register({ machine: lampOf('lamp') }),
        beacons: node.register({ machine: lampOf('beacon') }),
      }),
    });
  let harness: Awaited<ReturnType<typeof boot>>;
  let lamps: (typeof harness)['handles']['lamps'];
  let beacons: (typeof harness)['handles']['beacons'];

  beforeAll(async () => {
    harness = await boot();
    ({ lamps, beacons } = harness.handles);
    await lamps.start(undefined, { id: 'lamp-1' });
  });
  afterAll(() => harness.stop());

  it('asks the store nothing before it sends to an actor at hand', async () => {
    store.reads = 0;
    await lamps.send('lamp-1', { type: 'toggle' });
    await lamps.suspend('lamp-1', audit);
    await lamps.resume('lamp-1', audit);
    expect(store.reads).toBe(0);
  });

  it('does not know the actors of another machine, and changes nothing of them', async () => {
    const before = await lamps.get('lamp-1');
    await expect(beacons.send('lamp-1', { type: 'toggle' })).rejects.toBeInstanceOf(UnknownActorError);
    await expect(beacons.suspend('lamp-1', audit)).rejects.toBeInstanceOf(UnknownActorError);
    await expect(beacons.terminate('lamp-1', audit)).rejects.toBeInstanceOf(UnknownActorError);
    expect(await beacons.get('lamp-1')).toBeNull();
    expect(await lamps.get('lamp-1')).toEqual(before);
  });

  it('asks the store before it refuses an actor at hand: another node may have purged it and started another one', async () => {
    const other = await boot();
    await lamps.start(undefined, { id: 'shared-id' });
    await lamps.terminate('shared-id', audit);
    await store.purge(['shared-id']);
    await other.handles.beacons.start(undefined, { id: 'shared-id' });
    const answer = await beacons.send('shared-id', { type: 'toggle' });
    expect(answer).toMatchObject({ disposition: 'applied', actor: { machineId: 'beacon', status: 'on' } });
    await expect(lamps.send('shared-id', { type: 'toggle' })).rejects.toBeInstanceOf(UnknownActorError);
    await other.stop();
  });

  it('serves its own callers beside a caller that takes the actor for another machine', async () => {
    const [own, foreign] = await Promise.allSettled([
      lamps.send('lamp-1', { type: 'toggle' }),
      beacons.send('lamp-1', { type: 'toggle' }),
    ]);
    expect(own).toMatchObject({ status: 'fulfilled', value: { disposition: 'applied' } });
    expect(foreign).toMatchObject({ status: 'rejected', reason: { code: 'actor_unknown' } });
  });
});

import { UnknownActorError } from '../model/durable-errors.js';
import { DurableHarness } from '../testing/durable-harness.js';
import { MemoryStore } from '../testing/memory-store.js';
import { lampMachine } from '../../../test/support/lamp-machine.js';

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
  const start = () =>
    DurableHarness.start({
      store,
      register: (node) => ({
        lamps: node.register({ machine: lampMachine('lamp') }),
        beacons: node.register({ machine: lampMachine('beacon') }),
      }),
    });
  type Harness = Awaited<ReturnType<typeof start>>;
  let harness: Harness;
  let lamps: Harness['handles']['lamps'];
  let beacons: Harness['handles']['beacons'];
  const audit = { by: 'operator' };

  beforeAll(async () => {
    harness = await start();
    ({ lamps, beacons } = harness.handles);
    await lamps.start(undefined, { id: 'lamp-1' });
  });
  afterAll(() => harness.stop());

  it('asks the store nothing before it sends to an actor at hand', async () => {
    store.reads = 0;
    await lamps.send('lamp-1', { type: 'press' });
    await lamps.suspend('lamp-1', audit);
    await lamps.resume('lamp-1', audit);
    expect(store.reads).toBe(0);
  });

  it('does not know the actors of another machine, and changes nothing of them', async () => {
    const before = await lamps.get('lamp-1');
    await expect(beacons.send('lamp-1', { type: 'press' })).rejects.toBeInstanceOf(UnknownActorError);
    await expect(beacons.suspend('lamp-1', audit)).rejects.toBeInstanceOf(UnknownActorError);
    await expect(beacons.terminate('lamp-1', audit)).rejects.toBeInstanceOf(UnknownActorError);
    expect(await beacons.get('lamp-1')).toBeNull();
    expect(await lamps.get('lamp-1')).toEqual(before);
  });

  it('asks the store before it refuses an actor at hand: another node may have purged it and started another one', async () => {
    const other = await start();
    await lamps.start(undefined, { id: 'shared-id' });
    await lamps.terminate('shared-id', audit);
    await store.purge(['shared-id']);
    await other.handles.beacons.start(undefined, { id: 'shared-id' });
    const answer = await beacons.send('shared-id', { type: 'press' });
    expect(answer).toMatchObject({ disposition: 'applied', actor: { machineId: 'beacon', status: 'on' } });
    await expect(lamps.send('shared-id', { type: 'press' })).rejects.toBeInstanceOf(UnknownActorError);
    await other.stop();
  });

  it('serves its own callers beside a caller that takes the actor for another machine', async () => {
    const [own, foreign] = await Promise.allSettled([
      lamps.send('lamp-1', { type: 'press' }),
      beacons.send('lamp-1', { type: 'press' }),
    ]);
    expect(own).toMatchObject({ status: 'fulfilled', value: { disposition: 'applied' } });
    expect(foreign).toMatchObject({ status: 'rejected', reason: { code: 'actor_unknown' } });
  });
});

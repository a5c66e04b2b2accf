import { setup } from 'xstate';
import { UnknownActorError } from '../model/durable-errors.js';
import { DurableRuntime } from '../runtime/durable-runtime.js';
import { MemoryStore } from '../testing/memory-store.js';
import { DurableHandle } from './durable-handle.js';

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
  const runtime = new DurableRuntime({ store });
  const lamps = new DurableHandle(runtime, runtime.register({ machine: lampOf('lamp') }));
  const beacons = new DurableHandle(runtime, runtime.register({ machine: lampOf('beacon') }));
  const audit = { by: 'operator' };

  beforeAll(async () => {
    await runtime.start();
    await lamps.start(undefined, { id: 'lamp-1' });
  });
  afterAll(() => runtime.stop(0));

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
    const other = new DurableRuntime({ store });
    const otherBeacons = new DurableHandle(other, other.register({ machine: lampOf('beacon') }));
    await other.start();
    await lamps.start(undefined, { id: 'shared-id' });
    await lamps.terminate('shared-id', audit);
    await store.purge(['shared-id']);
    await otherBeacons.start(undefined, { id: 'shared-id' });
    const answer = await beacons.send('shared-id', { type: 'toggle' });
    expect(answer).toMatchObject({ disposition: 'applied', actor: { machineId: 'beacon', status: 'on' } });
    await expect(lamps.send('shared-id', { type: 'toggle' })).rejects.toBeInstanceOf(UnknownActorError);
    await other.stop(0);
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

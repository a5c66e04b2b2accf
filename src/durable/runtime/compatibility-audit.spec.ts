import { setup } from 'xstate';
import { DurableHarness } from '../testing/durable-harness.js';
import { MemoryStore } from '../testing/memory-store.js';
import { RecordingLogger } from '../testing/recording-logger.js';
import { VirtualClock, settle } from '../testing/virtual-clock.js';
import { type ActorHead, type ActorPageRequest, type ActorRecord, StoreUnavailableError } from '../index.js';
import { MachineRegistry } from '../machine/machine-registry.js';
import { CompatibilityAudit, type Incompatibility } from './compatibility-audit.js';

const parked = (state: string) =>
  setup({}).createMachine({
    id: 'car',
    initial: state,
    states: { [state]: { on: { drive: 'gone' } }, gone: { type: 'final' } },
  });

/** Counts what the audit asks for, and fails or waits where a test says so. */
class WatchedStore extends MemoryStore {
  readonly loaded: string[] = [];
  readonly pages: number[] = [];
  failures = 0;
  beforePage: () => Promise<void> = () => Promise.resolve();

  override async listActors(request: ActorPageRequest): Promise<ActorHead[]> {
    await this.beforePage();
    if (this.failures > 0) {
      this.failures -= 1;
      throw new StoreUnavailableError('The store is away.');
    }
    const page = await super.listActors(request);
    this.pages.push(page.length);
    return page;
  }

  override loadActor(actorId: string): Promise<ActorRecord | null> {
    this.loaded.push(actorId);
    return super.loadActor(actorId);
  }
}

describe('The audit of open actors (G9)', () => {
  let clock: VirtualClock;
  let store: WatchedStore;
  let found: Incompatibility[];
  let log: RecordingLogger;

  const startNode = () =>
    DurableHarness.start({
      store,
      clock,
      register: (node) => node.register({ machine: parked('here'), version: '1' }),
    });

  beforeEach(async () => {
    clock = new VirtualClock();
    store = new WatchedStore();
    found = [];
    log = new RecordingLogger();
    const harness = await startNode();
    const cars = harness.handles;
    for (let car = 0; car < 7; car += 1) {
      await cars.start(undefined, { id: `car-${car}` });
      clock.step(1);
    }
    await cars.send('car-3', { type: 'drive' });
    await harness.stop();
    store.loaded.length = 0;
    store.pages.length = 0;
  });

  function audit(machine = parked('here'), version = '1'): CompatibilityAudit {
    const registry = new MachineRegistry();
    registry.register({ machine, version });
    return new CompatibilityAudit({
      store,
      registry,
      clock,
      logger: log,
      onIncompatible: (incompatibility) => {
        found.push(incompatibility);
        return Promise.resolve();
      },
      onCompatible: () => Promise.reject(new Error('None is on record here.')),
      pageSize: 3,
    });
  }

  it("passes over actors whose definition is the machine's own by their heads alone, page by page", async () => {
    const running = audit();
    running.start();
    await settle();
    expect(running.summary).toEqual({ checked: 6, incompatible: 0, finished: true });
    expect(store.loaded).toEqual([]);
    expect(store.pages).toEqual([3, 3, 0]);
  });

  it('logs and reports each actor that cannot go on, with its problems', async () => {
    const running = audit(parked('there'));
    running.start();
    await settle();
    expect(running.summary).toEqual({ checked: 6, incompatible: 6, finished: true });
    expect(found.map(({ actor }) => actor.actorId)).toEqual(['car-6', 'car-5', 'car-4', 'car-2', 'car-1', 'car-0']);
    expect(found[0]).toMatchObject({ code: 'snapshot_misfit', problems: [expect.stringContaining('"here"')] });
    expect(log.of('error')).toHaveLength(6);
    expect(log.of('error')[0]).toMatchObject({
      fields: { actorId: 'car-6', machineVersion: '1', problems: found[0]?.problems },
    });
  });

  it('reports an unknown version without reading the snapshot', async () => {
    const running = audit(parked('here'), '2');
    running.start();
    await settle();
    expect(found.map(({ code }) => code)).toEqual(Array(6).fill('machine_unknown'));
    expect(store.loaded).toEqual([]);
  });

  it('waits while the store is away, and goes on where it was', async () => {
    store.failures = 2;
    const running = audit();
    running.start();
    await settle();
    expect(running.summary).toEqual({ checked: 0, incompatible: 0, finished: false });
    await clock.advance(60_000);
    expect(running.summary).toEqual({ checked: 6, incompatible: 0, finished: true });
    expect(log.of('error')).toEqual([]);
  });

  it('stops between two actors when the node does, also while it waits for the store', async () => {
    let letGo = (): void => undefined;
    store.beforePage = () => new Promise((resolve) => (letGo = resolve));
    const reading = audit();
    reading.start();
    await settle();
    const stopped = reading.stop();
    letGo();
    await stopped;
    expect(reading.summary).toMatchObject({ finished: false });
    expect(store.pages).toHaveLength(1);

    store.beforePage = () => Promise.resolve();
    store.failures = 1;
    const waiting = audit();
    waiting.start();
    await settle();
    await waiting.stop();
    expect(waiting.summary).toEqual({ checked: 0, incompatible: 0, finished: false });
  });

  it('never delays the start of a node, and ends with its stop', async () => {
    let letGo = (): void => undefined;
    store.beforePage = () => new Promise((resolve) => (letGo = resolve));
    const harness = await startNode();
    const { runtime } = harness;
    expect(runtime.ready).toBe(true);
    await settle();
    expect(runtime.audit).toEqual({ checked: 0, incompatible: 0, finished: false });
    const stopped = harness.stop();
    letGo();
    await stopped;
  });
});

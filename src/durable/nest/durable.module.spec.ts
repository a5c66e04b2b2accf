import { Injectable, Module, type DynamicModule } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { setup, type AnyStateMachine } from 'xstate';
import { MemoryStore } from '../testing/memory-store.js';
import { VirtualClock } from '../testing/virtual-clock.js';
import { DurableModule } from './durable.module.js';
import {
  DURABLE_LOGGER,
  DURABLE_STORE,
  DrainingError,
  type DurableHandle,
  type DurableLogger,
  DurableRuntime,
  type Migration,
  InjectHandle,
  fromActivity,
  handleOf,
  silentLogger,
} from '../index.js';
import { lampMachine } from '../../../test/support/lamp-machine.js';
import { waitUntil } from '../../../test/support/wait-until.js';

/** A room is booked, heated, and left again. Nothing is injected into it. */
const booking = setup({
  types: {
    input: {} as { room: string },
    context: {} as { room: string },
    events: {} as { type: 'left' },
  },
  actors: { heat: fromActivity<string, string>((room) => Promise.resolve(`${room} is warm`)) },
}).createMachine({
  id: 'booking',
  context: ({ input }) => input,
  initial: 'heating',
  states: {
    heating: { invoke: { src: 'heat', id: 'heat', input: ({ context }) => context.room, onDone: 'taken' } },
    taken: { on: { left: 'free' } },
    free: { type: 'final' },
  },
});

const lamp = lampMachine();

@Injectable()
class Reception {
  constructor(@InjectHandle('booking') readonly bookings: DurableHandle<typeof booking>) {}
}

const TIMEOUT_MS = 5_000;

describe('DurableModule', () => {
  let store: MemoryStore;
  beforeEach(() => (store = new MemoryStore()));

  async function boot(...imports: DynamicModule[]) {
    const module = await Test.createTestingModule({ imports, providers: [Reception] }).compile();
    return module.init();
  }

  it('runs a plain XState machine through the injected handle', async () => {
    const app = await boot(DurableModule.forRoot({ store }), DurableModule.forFeature({ machine: booking }));
    const { bookings } = app.get(Reception);

    const { created, actor } = await bookings.start({ room: 'blue' }, { id: 'b-1' });
    expect({ created, id: actor.id, status: actor.status }).toEqual({ created: true, id: 'b-1', status: 'heating' });
    await bookings.wait('b-1', ({ status }) => status === 'taken', TIMEOUT_MS);
    expect(await bookings.send('b-1', { type: 'left' })).toMatchObject({
      disposition: 'applied',
      actor: { status: 'free', runtimeStatus: 'completed' },
    });
    const history = await bookings.history('b-1');
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
    expect(history.find(({ type }) => type === 'activity.completed')?.data).toMatchObject({ output: 'blue is warm' });
    await app.close();
  });

  it('lets a running activity finish before the application closes, and takes no new work meanwhile (G21)', async () => {
    let finish: (warm: string) => void = () => undefined;
    const slow = booking.provide({
      actors: { heat: fromActivity<string, string>(() => new Promise((resolve) => (finish = resolve))) },
    });
    const app = await boot(DurableModule.forRoot({ store }), DurableModule.forFeature({ machine: slow }));
    const { bookings } = app.get(Reception);
    await bookings.start({ room: 'blue' }, { id: 'b-1' });

    const closed = app.close();
    await waitUntil('the runtime to drain', () => Promise.resolve(app.get(DurableRuntime).ready ? null : true));
    await expect(bookings.start({ room: 'red' })).rejects.toThrow(DrainingError);
    finish('warm');
    await closed;
    expect(store.actors.get('b-1')?.status).toBe('taken');
    expect(store.nodes.size).toBe(0);
  });

  it('takes an actor up again in the next application on the same store (G7)', async () => {
    const wire = () => [DurableModule.forRoot({ store }), DurableModule.forFeature({ machine: booking })];
    const first = await boot(...wire());
    await first.get(Reception).bookings.start({ room: 'blue' }, { id: 'b-1' });
    await first.get(Reception).bookings.wait('b-1', ({ status }) => status === 'taken', TIMEOUT_MS);
    await first.close();
    const second = await boot(...wire());
    const { actor } = await second.get(Reception).bookings.send('b-1', { type: 'left' });
    expect(actor.status).toBe('free');
    await second.close();
  });

  it('builds activities and the runtime itself from what is injected', async () => {
    @Injectable()
    class Boiler {
      heat = (room: string) => Promise.resolve(`${room} is boiling`);
    }
    @Module({ providers: [Boiler], exports: [Boiler] })
    class BoilerModule {}
    const STORE_ADDRESS = Symbol('STORE_ADDRESS');
    @Module({ providers: [{ provide: STORE_ADDRESS, useValue: 'memory' }], exports: [STORE_ADDRESS] })
    class AddressModule {}

    const app = await boot(
      DurableModule.forRootAsync({
        imports: [AddressModule],
        inject: [STORE_ADDRESS],
        useFactory: async (address: string) => Promise.resolve({ store: address === 'memory' ? store : never() }),
      }),
      DurableModule.forFeatureAsync({
        machineId: 'booking',
        imports: [BoilerModule],
        inject: [Boiler],
        useFactory: (boiler: Boiler) => ({
          machine: booking.provide({ actors: { heat: fromActivity<string, string>(boiler.heat) } }),
        }),
      }),
    );
    const { bookings } = app.get(Reception);
    await bookings.start({ room: 'blue' }, { id: 'b-1' });
    await bookings.wait('b-1', ({ status }) => status === 'taken', TIMEOUT_MS);
    const done = (await bookings.history('b-1')).find(({ type }) => type === 'activity.completed');
    expect(done?.data).toMatchObject({ output: 'blue is boiling' });
    await app.close();
  });

  it('takes the store and the logger from a module of the application, and starts only when told', async () => {
    const logger: DurableLogger = silentLogger;
    @Module({
      providers: [
        { provide: DURABLE_STORE, useValue: store },
        { provide: DURABLE_LOGGER, useValue: logger },
      ],
      exports: [DURABLE_STORE, DURABLE_LOGGER],
    })
    class InfrastructureModule {}
    const app = await boot(
      DurableModule.forRoot({ imports: [InfrastructureModule], autoStart: false }),
      DurableModule.forFeature({ machine: booking }),
    );
    const { bookings } = app.get(Reception);
    await expect(bookings.start({ room: 'blue' })).rejects.toThrow(DrainingError);
    await app.get(DurableRuntime).start();
    expect((await bookings.start({ room: 'blue' })).created).toBe(true);
    await app.close();
  });

  it('takes every other option of the runtime beside a module that provides the store', async () => {
    @Module({
      providers: [
        { provide: DURABLE_STORE, useValue: store },
        { provide: DURABLE_LOGGER, useValue: silentLogger },
      ],
      exports: [DURABLE_STORE, DURABLE_LOGGER],
    })
    class InfrastructureModule {}
    const clock = new VirtualClock(Date.UTC(2030, 0, 1));
    const options = { clock, leaseMs: 60_000, pollMs: 1_000, cacheSize: 1 };
    const app = await boot(
      DurableModule.forRoot({ imports: [InfrastructureModule], ...options }),
      DurableModule.forFeature({ machine: booking }),
    );
    const { actor } = await app.get(Reception).bookings.start({ room: 'blue' });
    expect(actor.createdAt).toBe(clock.now());
    expect([...store.nodes.values()]).toEqual([clock.now() + options.leaseMs]);
    await app.close();
  });

  it('registers several machines at once, each with a handle of its own', async () => {
    const app = await boot(DurableModule.forRoot({ store }), DurableModule.forFeature([booking, lamp]));
    const lamps = app.get<DurableHandle<typeof lamp>>(handleOf('lamp'), { strict: false });
    await lamps.start(undefined, { id: 'l-1' });
    expect((await lamps.send('l-1', { type: 'press' })).actor.status).toBe('on');
    expect(await app.get(Reception).bookings.get('l-1')).toBeNull();
    await app.close();
  });

  describe('with earlier versions of a machine', () => {
    const lamps = { first: lamp, second: setup({}).createMachine({ id: 'lamp', initial: 'dim', states: { dim: {} } }) };
    const versions = (...migrations: readonly Migration[]) =>
      DurableModule.forFeature({
        machine: lamps.second,
        version: '2',
        migrations,
        earlier: [{ machine: lamps.first, version: '1' }],
      });
    const handle = (app: { get: TestingModule['get'] }) =>
      app.get<DurableHandle<AnyStateMachine>>(handleOf('lamp'), { strict: false });

    beforeEach(async () => {
      const app = await boot(
        DurableModule.forRoot({ store }),
        DurableModule.forFeature([booking]),
        DurableModule.forFeature({ machine: lamp, version: '1' }),
      );
      await handle(app).start(undefined, { id: 'old' });
      await app.close();
    });

    it('lets their actors go on where they are, and starts new ones on the current one (G9, invariant 9)', async () => {
      const app = await boot(DurableModule.forRoot({ store }), DurableModule.forFeature([booking]), versions());
      expect((await handle(app).send('old', { type: 'press' })).actor).toMatchObject({
        machineVersion: '1',
        status: 'on',
      });
      const { actor } = await handle(app).start(undefined, { id: 'new' });
      expect(actor).toMatchObject({ machineVersion: '2', status: 'dim' });
      await app.close();
    });

    it('moves their actors on where a migration leads from them (G9)', async () => {
      const migration: Migration = { from: '1', migrate: (snapshot) => ({ ...snapshot, value: 'dim' }) };
      const app = await boot(
        DurableModule.forRoot({ store }),
        DurableModule.forFeature([booking]),
        versions(migration),
      );
      const { actor } = await handle(app).send('old', { type: 'press' });
      expect(actor).toMatchObject({ machineVersion: '2', status: 'dim' });
      await app.close();
    });

    it('refuses an earlier version of another machine', async () => {
      const wrong = DurableModule.forFeature({
        machine: lamp,
        version: '2',
        earlier: [{ machine: booking, version: '0' }],
      });
      await expect(boot(DurableModule.forRoot({ store }), DurableModule.forFeature([booking]), wrong)).rejects.toThrow(
        'The machine registered as lamp calls itself booking.',
      );
    });
  });

  it('refuses a machine under an id that is not its own', async () => {
    const wrong = DurableModule.forFeatureAsync({ machineId: 'booking', useFactory: () => ({ machine: lamp }) });
    await expect(boot(DurableModule.forRoot({ store }), wrong)).rejects.toThrow(
      'The machine registered as booking calls itself lamp.',
    );
  });
});

function never(): never {
  throw new Error('The store address was not injected.');
}

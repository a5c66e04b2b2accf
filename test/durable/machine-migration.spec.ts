import { assign, setup, type AnyStateMachine } from 'xstate';
import { DurableHarness, MemoryStore, VirtualClock, settle } from '../../src/durable/testing.js';
import type { DurableHandle, DurableRuntime } from '../../src/durable/index.js';
import {
  type ActorRecord,
  type DurableMachineOptions,
  type Migration,
  type Incompatibility,
  UnknownMachineError,
  fromActivity,
} from '../../src/durable/index.js';
import { MachineRegistry } from '../../src/durable/inspect.js';

const HOUR = 3_600_000;

interface Words {
  /** The state in which an application waits for its decision. */
  readonly state: string;
  /** Its deadline's name. */
  readonly delay: string;
  readonly activity?: string;
}

/** A visa: its applicant is looked up, then it waits for a decision until a deadline. Versions differ in their words. */
function visa(words: Words, lookUp: () => Promise<string> = () => Promise.resolve('Ada')): AnyStateMachine {
  const { state, delay, activity = 'lookUp' } = words;
  return setup({
    types: { context: {} as { name: string | null } },
    actors: { [activity]: fromActivity<string, object>(lookUp) },
    actions: { know: assign((_, { name }: { name: string }) => ({ name })) },
    delays: { [delay]: 24 * HOUR },
  }).createMachine({
    id: 'visa',
    context: { name: null },
    initial: 'checking',
    states: {
      checking: {
        invoke: {
          src: activity,
          id: activity,
          onDone: { target: state, actions: { type: 'know', params: ({ event }) => ({ name: String(event.output) }) } },
        },
      },
      [state]: { on: { grant: 'granted' }, after: { [delay]: 'expired' } },
      granted: { type: 'final' },
      expired: { type: 'final' },
    },
  });
}

const V1: Words = { state: 'waiting', delay: 'patience' };
const V2: Words = { state: 'pending', delay: 'decision' };
const V3: Words = { state: 'open', delay: 'decision' };

/** Renames the waiting state. */
function renaming(from: string, to: string, before: Words, after: Words): Migration {
  return {
    from,
    to,
    migrate(snapshot, note) {
      const eventOf = ({ delay, state }: Words): string => `xstate.after.${delay}.visa.${state}`;
      note.renameTimer(eventOf(before), eventOf(after));
      return snapshot.value === before.state ? { ...snapshot, value: after.state } : snapshot;
    },
  };
}

const ONE_TO_TWO = renaming('1', '2', V1, V2);
const TWO_TO_THREE = renaming('2', '3', V2, V3);

describe('Versions of a machine (G9)', () => {
  let clock: VirtualClock;
  let store: MemoryStore;

  beforeEach(() => {
    clock = new VirtualClock();
    store = new MemoryStore();
  });

  interface Node {
    readonly runtime: DurableRuntime;
    readonly visas: DurableHandle<AnyStateMachine>;
    readonly incompatibilities: readonly Incompatibility[];
  }

  /** A node of which the one before is gone, as after a deployment. */
  async function boot(...versions: readonly DurableMachineOptions<AnyStateMachine>[]): Promise<Node> {
    store.nodes.clear();
    const incompatibilities: Incompatibility[] = [];
    const harness = await DurableHarness.start({
      store,
      clock,
      register: (node) => {
        node.runtime.onIncompatible((found) => incompatibilities.push(found));
        return versions.map((options) => node.register(options))[0]!;
      },
    });
    await harness.settle();
    return { runtime: harness.runtime, visas: harness.handles, incompatibilities };
  }

  async function waitingOnOne(): Promise<void> {
    const { visas, runtime } = await boot({ machine: visa(V1), version: '1' });
    await visas.start({}, { id: 'a' });
    await settle();
    await runtime.stop(0);
  }

  const typesOf = async ({ visas }: Node): Promise<string[]> => (await visas.history('a')).map((entry) => entry.type);

  describe('registered beside each other', () => {
    it('let an actor stay on the one it started with, and start new ones on the last registered (invariant 9)', async () => {
      await waitingOnOne();
      const node = await boot({ machine: visa(V1), version: '1' }, { machine: visa(V2), version: '2' });
      const { actor } = await node.visas.start({}, { id: 'b' });
      expect(actor).toMatchObject({ machineVersion: '2' });
      await node.visas.send('a', { type: 'grant' });
      expect(await node.visas.get('a')).toMatchObject({ machineVersion: '1', status: 'granted' });
      expect(node.incompatibilities).toEqual([]);
    });

    it('start new actors on the one that says it is current, whatever is registered after it', async () => {
      const node = await boot(
        { machine: visa(V1), version: '1', current: true },
        { machine: visa(V2), version: '2', migrations: [ONE_TO_TWO] },
      );
      expect((await node.visas.start({}, { id: 'a' })).actor.machineVersion).toBe('1');
      await settle();
      expect(await node.visas.get('a')).toMatchObject({ machineVersion: '1', status: 'waiting' });
    });

    it('must differ in version, agree on which is current, and know one way from one to another', () => {
      const registry = new MachineRegistry();
      registry.register({ machine: visa(V1), version: '1', current: true });
      expect(() => registry.register({ machine: visa(V1), version: '1' })).toThrow('visa@1 is registered twice');
      expect(() => registry.register({ machine: visa(V2), version: '1' })).toThrow('with another definition already');
      expect(() => registry.register({ machine: visa(V2), version: '2', current: true })).toThrow('both say');
      registry.register({ machine: visa(V2), version: '2', migrations: [ONE_TO_TWO] });
      expect(() => registry.register({ machine: visa(V3), version: '3', migrations: [ONE_TO_TWO] })).toThrow(
        'a migration from 1 to 2 is registered already',
      );
    });

    it('refuse an actor whose version is not among them, and say so at start', async () => {
      await waitingOnOne();
      const node = await boot({ machine: visa(V2), version: '2' });
      await expect(node.visas.send('a', { type: 'grant' })).rejects.toThrow(UnknownMachineError);
      expect(node.incompatibilities).toMatchObject([{ actor: { actorId: 'a' }, code: 'machine_unknown' }]);
      expect(node.runtime.audit).toEqual({ checked: 1, incompatible: 1, finished: true });
    });

    it('answer for an actor that ended on a version nobody registers any more', async () => {
      await waitingOnOne();
      const before = await boot({ machine: visa(V1), version: '1' });
      await before.visas.send('a', { type: 'grant' });
      const hash = store.actors.get('a')?.definitionHash;
      const node = await boot({ machine: visa(V2), version: '2' });
      expect(await node.visas.send('a', { type: 'grant' })).toMatchObject({ disposition: 'refused' });
      expect(store.actors.get('a')).toMatchObject({ machineVersion: '1', definitionHash: hash, status: 'granted' });
      expect((await typesOf(node)).at(-1)).toBe('event.refused');
      expect(node.incompatibilities).toEqual([]);
    });
  });

  describe('with a migration between them', () => {
    const TWO: DurableMachineOptions<AnyStateMachine> = { machine: visa(V2), version: '2', migrations: [ONE_TO_TWO] };

    it("move an actor in its next turn, in that turn's transaction, with its deadline (invariants 2, 9)", async () => {
      await waitingOnOne();
      const before = store.actors.get('a');
      const node = await boot(TWO);
      expect(store.actors.get('a')).toBe(before);
      const { commits } = store;
      await clock.advance(24 * HOUR);
      expect(store.commits).toBe(commits + 1);
      expect(await node.visas.get('a')).toMatchObject({ machineVersion: '2', status: 'expired' });
      expect(store.actors.get('a')).toMatchObject({
        definitionHash: node.runtime.registry.find('visa', '2').definitionHash,
        revision: before!.revision + 1,
        completedAt: before!.createdAt + 24 * HOUR,
      });
      expect((await typesOf(node)).slice(-4)).toEqual([
        'actor.migrated',
        'timer.fired',
        'state.changed',
        'actor.completed',
      ]);
      const history = await node.visas.history('a');
      expect(history.find(({ type }) => type === 'actor.migrated')?.data).toEqual({ from: '1', to: '2' });
      expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
      expect(await store.tasksOf('a')).toEqual([]);
    });

    it('follow a chain of migrations, though the versions between are registered no longer', async () => {
      await waitingOnOne();
      const node = await boot({ machine: visa(V3), version: '3', migrations: [TWO_TO_THREE, ONE_TO_TWO] });
      await node.visas.send('a', { type: 'grant' });
      expect(await node.visas.get('a')).toMatchObject({ machineVersion: '3', status: 'granted' });
      const migrated = (await node.visas.history('a')).filter(({ type }) => type === 'actor.migrated');
      expect(migrated.map(({ data }) => data)).toEqual([
        { from: '1', to: '2' },
        { from: '2', to: '3' },
      ]);
    });

    it('migrate nothing when the turn changes nothing', async () => {
      await waitingOnOne();
      const node = await boot({ ...TWO, whenUnexpected: () => 'refuse' });
      const { actor } = await node.visas.send('a', { type: 'unheard' });
      expect(actor.machineVersion).toBe('1');
      expect(store.actors.get('a')).toMatchObject({ machineVersion: '1', revision: actor.revision });
      await node.visas.send('a', { type: 'grant' });
      expect((await typesOf(node)).filter((type) => type === 'actor.migrated')).toHaveLength(1);
    });

    it('let a migration set and cancel timers, as rows too', async () => {
      await waitingOnOne();
      const moved: Migration = {
        from: '1',
        migrate(snapshot, note) {
          const type = 'xstate.after.decision.visa.pending';
          note.timers = [{ owner: '', target: '', sendId: type, dueAt: note.now + HOUR, event: { type } }];
          return { ...snapshot, value: 'pending' };
        },
      };
      const node = await boot({ ...TWO, whenUnexpected: () => 'keep', migrations: [moved] });
      await node.visas.send('a', { type: 'unheard' });
      const tasks = await store.tasksOf('a');
      expect(tasks).toMatchObject([{ kind: 'timer', dueAt: clock.now() + HOUR }]);
      await clock.advance(HOUR);
      expect(await node.visas.get('a')).toMatchObject({ status: 'expired' });
      expect(await store.tasksOf('a')).toEqual([]);
    });

    it('migrate a suspended actor without setting its timers, until it resumes', async () => {
      await waitingOnOne();
      const one = await boot({ machine: visa(V1), version: '1' });
      await one.visas.suspend('a', { by: 'clerk' });
      const node = await boot(TWO);
      await node.visas.send('a', { type: 'grant' });
      expect(await store.tasksOf('a')).toEqual([]);
      await node.visas.resume('a', { by: 'clerk', deadlines: 'keep' });
      expect(await node.visas.get('a')).toMatchObject({ machineVersion: '2', status: 'granted' });
    });

    it('have a machine that failed tried again under the new version, from where it stood before', async () => {
      const broken = await boot({ machine: visa(V1, () => Promise.reject(new Error('no such table'))), version: '1' });
      await broken.visas.start({}, { id: 'a' });
      await settle();
      expect(await broken.visas.get('a')).toMatchObject({ runtimeStatus: 'failed' });
      const node = await boot(TWO);
      await node.visas.retry('a', { by: 'clerk' });
      await settle();
      const actor = { machineVersion: '2', runtimeStatus: 'running', status: 'pending' };
      expect(await node.visas.get('a')).toMatchObject(actor);
    });

    it('take over the activity of a dead node under the new version', async () => {
      const never = (): Promise<string> => new Promise(() => undefined);
      const { visas } = await boot({ machine: visa(V1, never), version: '1' });
      await visas.start({}, { id: 'a' });
      const keys = Object.keys((JSON.parse(store.actors.get('a')!.bookkeeping) as { running: object }).running);
      const node = await boot(TWO);
      expect(await node.visas.get('a')).toMatchObject({ machineVersion: '2', status: 'pending' });
      const completed = (await node.visas.history('a')).find(({ type }) => type === 'activity.completed');
      expect(completed?.data).toMatchObject({ taskId: keys[0], output: 'Ada' });
    });

    it("start the activity a migration puts in the place of a dead node's", async () => {
      const never = (): Promise<string> => new Promise(() => undefined);
      const { visas } = await boot({ machine: visa(V1, never), version: '1' });
      await visas.start({}, { id: 'a' });
      const replaced: Migration = {
        from: '1',
        migrate: (snapshot) => ({
          ...snapshot,
          children: { search: { src: 'search', syncSnapshot: false, snapshot: { status: 'active', taskId: '' } } },
        }),
      };
      const machine = visa({ ...V2, activity: 'search' }, () => Promise.resolve('Grace'));
      const node = await boot({ machine, version: '2', migrations: [replaced] });
      expect(await node.visas.get('a')).toMatchObject({ machineVersion: '2', status: 'pending' });
      expect(await typesOf(node)).toEqual(expect.arrayContaining(['actor.migrated', 'activity.cancelled']));
      expect((await store.tasksOf('a')).map(({ kind }) => kind)).toEqual(['timer']);
    });

    it.each<[string, Migration['migrate'], RegExp]>([
      ['leaves a state that is gone', (snapshot) => snapshot, /which the machine does not have/],
      ['forgets a timer', (snapshot) => ({ ...snapshot, value: 'pending' }), /no timer is set for it/],
      [
        'leaves a timer nobody waits for',
        (snapshot, note) => {
          ONE_TO_TWO.migrate(snapshot, note);
          note.timers = [...note.timers, { ...note.timers[0]!, event: { type: 'xstate.after.patience.visa.waiting' } }];
          return { ...snapshot, value: 'pending' };
        },
        /which nothing there waits for/,
      ],
      [
        'throws',
        () => {
          throw new Error('no such luck');
        },
        /its migration from version 1 to 2 failed: no such luck/,
      ],
      ['returns no snapshot', () => undefined as never, /it returned no snapshot/],
    ])(
      'refuse the turn and put it on record, and change nothing else, when the migration %s',
      async (_title, migrate, problem) => {
        await waitingOnOne();
        const [before, tasks] = [store.actors.get('a'), await store.tasksOf('a')];
        const node = await boot({ ...TWO, migrations: [{ from: '1', migrate }] });
        await expect(node.visas.send('a', { type: 'grant' })).rejects.toMatchObject({
          code: 'snapshot_misfit',
          message: expect.stringMatching(problem) as unknown,
        });
        expect(store.actors.get('a')).toMatchObject(untouchedPartOf(before));
        expect(await store.tasksOf('a')).toEqual(tasks);
        expect((await typesOf(node)).at(-1)).toBe('turn.refused');
        expect(node.incompatibilities).toMatchObject([
          { code: 'snapshot_misfit', problems: [expect.stringMatching(problem)] },
        ]);
      },
    );
  });

  describe('changed without a version of its own', () => {
    it('are held against a stored snapshot when it is loaded: one that does not fit is refused, goes on record, and changes nothing else', async () => {
      await waitingOnOne();
      const before = store.actors.get('a');
      const node = await boot({ machine: visa({ ...V1, delay: 'mercy' }), version: '1' });
      await expect(node.visas.send('a', { type: 'grant' })).rejects.toMatchObject({ code: 'snapshot_misfit' });
      expect(store.actors.get('a')).toMatchObject(untouchedPartOf(before));
    });

    it('go on with a snapshot that still fits, and note the new definition', async () => {
      await waitingOnOne();
      const changed = visa(V1).provide({ actors: { another: fromActivity(() => Promise.resolve('')) } });
      const node = await boot({ machine: changed, version: '1' });
      await node.visas.send('a', { type: 'soon' });
      const { definitionHash } = node.runtime.registry.find('visa', '1');
      expect(store.actors.get('a')).toMatchObject({ definitionHash });
      await node.visas.send('a', { type: 'grant' });
      expect(node.incompatibilities).toEqual([]);
      expect(store.actors.get('a')).toMatchObject({ status: 'granted', machineVersion: '1' });
    });
  });
});

/** What a refused turn must leave alone. */
function untouchedPartOf(actor: ActorRecord | undefined): Partial<ActorRecord> {
  const { snapshot, machineVersion, definitionHash, status, runtimeStatus, waitingFor } = actor!;
  return { snapshot, machineVersion, definitionHash, status, runtimeStatus, waitingFor };
}

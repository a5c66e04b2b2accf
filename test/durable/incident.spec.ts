import { assign, setup } from 'xstate';
import { DurableHarness, MemoryStore, VirtualClock, settle } from '../../src/durable/testing.js';
import type { DurableHandle } from '../../src/durable/index.js';
import { type DurableMachineOptions, TerminalError, fromActivity } from '../../src/durable/index.js';

const HOUR = 3_600_000;

type Letterbox = ReturnType<typeof letterbox>;
type Letters = DurableHandle<Letterbox>;

/** A letter: franked by an activity, carried to its box, and lost when its carrier is away for a day. */
function letterbox(frank: (input: { value: number }) => Promise<number>, states: { box: string } = { box: 'carried' }) {
  return setup({
    types: {
      context: {} as { value: number; cents: number | null },
      input: {} as { value: number },
      events: {} as { type: 'again' } | { type: 'deliver'; on: unknown } | { type: 'claim' },
      tags: {} as 'incident',
    },
    actors: { frank: fromActivity<number, { value: number }>((input) => frank(input)) },
    delays: { patience: 24 * HOUR },
  }).createMachine({
    id: 'letter',
    context: ({ input }) => ({ value: input.value, cents: null }),
    initial: 'franking',
    states: {
      franking: {
        invoke: {
          src: 'frank',
          id: 'frank',
          input: ({ context }) => ({ value: context.value }),
          onDone: [
            { guard: ({ event }) => event.output > 1_000, target: 'disputed' },
            { target: states.box, actions: assign({ cents: ({ event }) => event.output }) },
          ],
          onError: 'stuck',
        },
      },
      stuck: { tags: 'incident', on: { again: 'franking' } },
      disputed: {
        tags: 'incident',
        meta: { incident: { kind: 'postage_disputed', action: 'none', advice: 'Weigh it again.' } },
      },
      [states.box]: {
        on: { deliver: { target: 'delivered', guard: ({ event }) => (event.on as { day: string }).day !== '' } },
        after: { patience: 'lost' },
      },
      delivered: { type: 'final' },
      lost: { type: 'final' },
    },
  });
}

describe('An incident', () => {
  const clerk = { by: 'clerk', reason: 'told so' };
  let clock: VirtualClock;
  let store: MemoryStore;

  beforeEach(() => {
    clock = new VirtualClock();
    store = new MemoryStore();
  });

  async function boot(options: Partial<DurableMachineOptions<Letterbox>> = {}): Promise<Letters> {
    store.nodes.clear();
    const machine = letterbox(({ value }) => Promise.resolve(value * 2));
    const harness = await DurableHarness.start({
      store,
      clock,
      register: (node): Letters => node.register({ machine, retryEvent: 'again', ...options }),
    });
    await harness.settle();
    return harness.handles;
  }

  const openOf = async (letters: Letters) => (await letters.incidents({ id: 'a', open: true })).items;

  const failing = (error: Error) => letterbox(() => Promise.reject(error));

  it.each([
    ['retries_exhausted', 'retry', new Error('away'), 'unknown'],
    ['activity_refused', 'edit-and-retry', new TerminalError('no_such_place', 'no'), 'no_such_place'],
    ['activity_poison', 'deploy-fix', Object.assign(new Error('dead'), { code: 'activity_poison' }), 'activity_poison'],
  ])(
    'is of kind %s, with the action %s, by how the activity failed (G7)',
    async (kind, suggestedAction, error, code) => {
      const letters = await boot({ machine: failing(error) });
      await letters.start({ value: 40 }, { id: 'a' });
      await settle();
      expect(await openOf(letters)).toMatchObject([
        { kind, suggestedAction, cause: { code, message: error.message, type: 'activity.failed' }, status: 'stuck' },
      ]);
      expect((await openOf(letters))[0]?.advice).toMatch(/\.$/);
      expect((await letters.incidents({ kind: [kind] })).items).toHaveLength(1);
      expect((await letters.incidents({ kind: ['turn_refused'] })).items).toEqual([]);
    },
  );

  it('is of the kind that its state names, with the advice that its state gives', async () => {
    const letters = await boot();
    await letters.start({ value: 4_000 }, { id: 'a' });
    await settle();
    expect(await openOf(letters)).toMatchObject([
      {
        kind: 'postage_disputed',
        suggestedAction: 'none',
        advice: 'Weigh it again.',
        cause: { code: 'postage_disputed', type: 'activity.completed', data: { output: 8_000 } },
      },
    ]);
  });

  describe('of an actor that fits its machine no more (G9)', () => {
    async function stranded(): Promise<Letters> {
      const before = await boot();
      await before.start({ value: 40 }, { id: 'a' });
      await settle();
      return boot({ machine: letterbox(() => Promise.resolve(1), { box: 'posted' }) });
    }

    it('is opened at the start of the node, and once, however many turns are refused then', async () => {
      const letters = await stranded();
      await expect(letters.send('a', { type: 'deliver', on: { day: 'Monday' } })).rejects.toMatchObject({
        code: 'snapshot_misfit',
      });
      await expect(letters.suspend('a', clerk)).rejects.toMatchObject({ code: 'snapshot_misfit' });
      expect(await openOf(letters)).toMatchObject([
        { kind: 'snapshot_misfit', suggestedAction: 'deploy-fix', cause: { code: 'snapshot_misfit' } },
      ]);
      expect(store.incidents.size).toBe(1);
      expect(await letters.get('a')).toMatchObject({ status: 'carried', runtimeStatus: 'running', incident: true });
    });

    it('is resolved by a deployment that fits, at its start and without a turn', async () => {
      await stranded();
      const letters = await boot();
      expect(await openOf(letters)).toEqual([]);
      expect((await letters.incidents({ id: 'a' })).items).toMatchObject([
        { resolution: 'fits_again', resolvedBy: null },
      ]);
      expect(await letters.get('a')).toMatchObject({ status: 'carried', incident: false });
      await letters.send('a', { type: 'deliver', on: { day: 'Monday' } });
      expect(await letters.get('a')).toMatchObject({ status: 'delivered' });
    });

    it('is resolved by the end of the actor, which needs no turn', async () => {
      const letters = await stranded();
      const audit = { ...clerk, key: 'k' };
      expect(await letters.terminate('a', audit)).toMatchObject({ disposition: 'applied' });
      expect(await letters.terminate('a', audit)).toMatchObject({ disposition: 'duplicate', firstState: 'applied' });
      expect(await letters.get('a')).toMatchObject({ runtimeStatus: 'terminated', incident: false });
      expect(await store.tasksOf('a')).toEqual([]);
      expect((await letters.incidents({ id: 'a' })).items).toMatchObject([
        { resolution: 'terminated', resolvedBy: 'clerk', reason: 'told so' },
      ]);
      expect((await letters.history('a')).slice(-2)).toMatchObject([
        { type: 'turn.refused', data: { error: { code: 'snapshot_misfit' } } },
        { type: 'actor.terminated', data: { by: 'clerk', reason: 'told so' } },
      ]);
    });

    it('is opened for a version that nobody has registered, and closed when it is', async () => {
      const before = await boot({ version: '1' });
      await before.start({ value: 40 }, { id: 'a' });
      await settle();
      const letters = await boot({ version: '2' });
      expect(await openOf(letters)).toMatchObject([{ kind: 'machine_unknown', suggestedAction: 'deploy-fix' }]);
      expect(store.actors.get('a')).toMatchObject({ machineVersion: '1' });
      expect(await openOf(await boot({ version: '1' }))).toEqual([]);
    });

    it('is opened again after a crash before it was written', async () => {
      const before = await boot();
      await before.start({ value: 40 }, { id: 'a' });
      await settle();
      const { commits } = store;
      store.faults.push('unavailable');
      const letters = await boot({ machine: letterbox(() => Promise.resolve(1), { box: 'posted' }) });
      await clock.advance(60_000);
      expect(store.commits).toBe(commits + 1);
      expect(await openOf(letters)).toMatchObject([{ kind: 'snapshot_misfit' }]);
    });
  });

  describe('of a turn that failed as a defect (G7)', () => {
    const unread = { type: 'deliver', on: null } as const;

    it('is opened for that event alone; the sender gets the error, and who wrote at the same time is served', async () => {
      const letters = await boot();
      await letters.start({ value: 40 }, { id: 'a' });
      await settle();
      const [refused, suspended] = await Promise.allSettled([letters.send('a', unread), letters.suspend('a', clerk)]);
      expect(refused).toMatchObject({
        status: 'rejected',
        reason: { message: expect.stringContaining('guard') as unknown },
      });
      expect(suspended).toMatchObject({ status: 'fulfilled' });
      expect(await openOf(letters)).toMatchObject([
        { kind: 'turn_refused', cause: { code: 'turn_refused', data: { signal: 'deliver' } } },
      ]);
    });

    it('has the activity of the refused result run again when somebody retries', async () => {
      const asked: number[] = [];
      const weigh = ({ value }: { value: number }): Promise<number> => {
        asked.push(value);
        return Promise.resolve(value === 40 ? (new Map() as never) : value);
      };
      const letters = await boot({ machine: letterbox(weigh) });
      await letters.start({ value: 40 }, { id: 'a' });
      await settle();
      expect(await openOf(letters)).toMatchObject([{ kind: 'turn_refused', cause: { data: { signal: 'frank#1' } } }]);
      expect(await letters.get('a')).toMatchObject({ status: 'franking' });
      await letters.retry('a', clerk);
      await clock.advance(1);
      expect(asked).toEqual([40, 40]);
      expect((await letters.incidents({ id: 'a' })).items).toMatchObject([
        { kind: 'turn_refused', resolvedAt: null },
        { kind: 'turn_refused', resolution: 'retried', resolvedBy: 'clerk' },
      ]);
    });

    it('is skipped with an output that can be stored', async () => {
      const letters = await boot({ machine: letterbox(() => Promise.resolve(new Map() as never)) });
      await letters.start({ value: 40 }, { id: 'a' });
      await settle();
      expect(await letters.skip('a', { ...clerk, output: 80 })).toMatchObject({ disposition: 'applied' });
      expect(await letters.get('a')).toMatchObject({ status: 'carried', incident: false });
      expect(await store.tasksOf('a')).toMatchObject([{ kind: 'timer' }]);
    });
  });

  describe('of an event that nothing will ever take (G6)', () => {
    const asIncident: DurableMachineOptions<Letterbox>['onDeadLetter'] = (event, { status, context }) =>
      event.type === 'deliver' && status === 'lost' && context !== undefined ? 'incident' : 'record';

    async function lost(letters: Letters): Promise<void> {
      await letters.start({ value: 40 }, { id: 'a' });
      await settle();
      await clock.advance(24 * HOUR);
      expect(await letters.get('a')).toMatchObject({ status: 'lost' });
    }

    it('is opened as the policy of its machine says, once for each event, and resolved with a note', async () => {
      const letters = await boot({ onDeadLetter: asIncident });
      await lost(letters);
      const late = { type: 'deliver', on: { day: 'Sunday', password: 'x' } } as const;
      await letters.send('a', late, { key: 'late' });
      await letters.send('a', late, { key: 'late' });
      await letters.send('a', { type: 'again' }, { key: 'again' });
      const [open, ...others] = await openOf(letters);
      expect(others).toEqual([]);
      expect(open).toMatchObject({
        kind: 'event_untakeable',
        suggestedAction: 'none',
        cause: {
          code: 'actor_ended',
          data: { event: { type: 'deliver', on: { password: '[redacted]' } }, key: 'late' },
        },
      });
      expect(await letters.get('a')).toMatchObject({ incident: false });
      const { incidentId } = open!;
      await letters.incidentLog.acknowledge(incidentId, { by: 'clerk', reason: 'handed over in person' });
      const again = await letters.incidentLog.acknowledge(incidentId, { by: 'other', reason: 'me too' });
      expect(again).toMatchObject({
        resolution: 'acknowledged',
        resolvedBy: 'clerk',
        reason: 'handed over in person',
      });
    });

    it('is opened for one that was kept until the actor ended', async () => {
      const letters = await boot({
        onDeadLetter: asIncident,
        machine: letterbox(() => new Promise(() => undefined)),
      });
      await letters.start({ value: 40 }, { id: 'a' });
      await settle();
      expect(await letters.send('a', { type: 'deliver', on: {} }, { key: 'early' })).toMatchObject({
        disposition: 'kept',
      });
      store.actors.set('a', { ...store.actors.get('a')!, status: 'lost' });
      const other = await boot({ onDeadLetter: asIncident, machine: letterbox(() => new Promise(() => undefined)) });
      await other.terminate('a', clerk);
      expect(await openOf(other)).toMatchObject([{ kind: 'event_untakeable', cause: { data: { key: 'early' } } }]);
    });

    it('is refused at once when no state of the machine takes its type, and opened if the policy says so', async () => {
      const letters = await boot({ onDeadLetter: () => 'incident' });
      await letters.start({ value: 40 }, { id: 'a' });
      await settle();
      expect(await letters.send('a', { type: 'claim' }, { key: 'c' })).toMatchObject({
        disposition: 'refused',
        reason: 'never_taken',
      });
      expect(await openOf(letters)).toMatchObject([{ kind: 'event_untakeable', cause: { code: 'never_taken' } }]);
      expect(await store.findEvent('a', 'c')).toMatchObject({ state: 'refused' });
    });
  });

  describe('of an actor that is not there (G6)', () => {
    const report = {
      id: 'nobody',
      key: 'w1',
      code: 'letter.arrived',
      message: 'It is for nobody.',
      data: { token: 'x' },
    };

    it('is written once for each report, redacted, found by the id that was named, and resolved with a note', async () => {
      const letters = await boot();
      await letters.incidentLog.reportUnknown(report);
      await letters.incidentLog.reportUnknown(report);
      const { items } = await letters.incidents({ id: 'nobody', open: true });
      expect(items).toMatchObject([
        { kind: 'unknown_actor', actorId: null, cause: { code: 'letter.arrived', data: { token: '[redacted]' } } },
      ]);
      await letters.incidentLog.acknowledge(items[0]!.incidentId, { by: 'clerk', reason: 'sent back' });
      await letters.incidentLog.reportUnknown(report);
      expect((await letters.incidents({ open: true })).items).toEqual([]);
    });
  });

  it('that an actor waits for is not resolved by words (G7)', async () => {
    const letters = await boot({ machine: failing(new Error('away')) });
    await letters.start({ value: 40 }, { id: 'a' });
    await settle();
    const { incidentId } = (await openOf(letters))[0]!;
    await expect(letters.incidentLog.acknowledge(incidentId, clerk)).rejects.toMatchObject({
      code: 'incident_needs_action',
    });
    await expect(letters.incidentLog.acknowledge('none', clerk)).rejects.toMatchObject({ code: 'incident_unknown' });
  });
});

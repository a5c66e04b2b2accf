import { setup } from 'xstate';
import { DurableHarness, MemoryStore } from '../../src/durable/testing.js';
import type { ActorCommit, Publication } from '../../src/durable/index.js';

const lamp = setup({ types: { events: {} as { type: 'press' } } }).createMachine({
  id: 'lamp',
  initial: 'off',
  states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
});

describe('the outbox of a commit (G16)', () => {
  const commits: ActorCommit[] = [];
  const store = new MemoryStore();
  const write = store.commit.bind(store);
  store.commit = (batch) => {
    commits.push(...batch);
    return write(batch);
  };
  const announce = ({
    before,
    after,
  }: {
    before: { status: string } | null;
    after: { status: string };
  }): Publication[] =>
    before?.status === after.status ? [] : [{ type: 'lamp.turned', data: { to: after.status, from: before?.status } }];
  const boot = () =>
    DurableHarness.start({ store, register: (node) => node.register({ machine: lamp, publish: announce }) });
  let harness: Awaited<ReturnType<typeof boot>>;

  beforeAll(async () => (harness = await boot()));
  afterAll(() => harness.stop());
  afterEach(() => {
    commits.length = 0;
  });

  it('tells of every revision in the commit that makes it, under an id that is the same when it is computed again', async () => {
    const { handles: lamps } = harness;
    await lamps.start(undefined, { id: 'l-1' });
    // Somebody else was faster: what is written is the second computation.
    store.faults.push('conflict');
    await lamps.send('l-1', { type: 'press' });
    const [started, lost, won] = commits.map(({ outbox = [] }) => outbox);
    expect(started).toMatchObject([{ messageId: 'l-1_1_lamp_turned', revision: 1, data: '{"to":"off"}' }]);
    expect(won).toMatchObject([{ messageId: 'l-1_2_lamp_turned', type: 'lamp.turned', actorId: 'l-1', revision: 2 }]);
    expect(lost?.map(({ messageId }) => messageId)).toEqual(won?.map(({ messageId }) => messageId));
  });

  it('has the messages of several revisions that are written together, and none of one that says nothing', async () => {
    const { handles: lamps } = harness;
    await lamps.start(undefined, { id: 'l-2' });
    commits.length = 0;
    await Promise.all([1, 2, 3].map(() => lamps.send('l-2', { type: 'press' })));
    const messages = commits.flatMap(({ outbox = [] }) => outbox);
    expect(messages.map(({ revision, data }) => [revision, data])).toEqual([
      [2, '{"to":"on","from":"off"}'],
      [3, '{"to":"off","from":"on"}'],
      [4, '{"to":"on","from":"off"}'],
    ]);
    commits.length = 0;
    await lamps.suspend('l-2', { by: 'a test' });
    expect(commits.map(({ outbox }) => outbox)).toEqual([[]]);
  });
});

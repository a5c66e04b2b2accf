import { DurableHarness, MemoryStore } from '../../src/durable/testing.js';
import type { ActorChange, ActorCommit, Publication } from '../../src/durable/index.js';
import { lampMachine } from '../support/lamp-machine.js';

/** Keeps every commit that it was asked for, refused ones too. */
class WatchedStore extends MemoryStore {
  readonly asked: ActorCommit[] = [];

  override commit(batch: readonly ActorCommit[]): ReturnType<MemoryStore['commit']> {
    this.asked.push(...batch);
    return super.commit(batch);
  }
}

const publish = ({ before, after }: ActorChange): readonly Publication[] =>
  before?.status === after.status ? [] : [{ type: 'lamp.turned', data: { to: after.status, from: before?.status } }];

describe('the outbox of a commit (G16)', () => {
  const store = new WatchedStore();
  const start = () =>
    DurableHarness.start({
      store,
      register: (node) => node.register({ machine: lampMachine(), publish }),
    });
  let harness: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => (harness = await start()));
  afterAll(() => harness.stop());
  afterEach(() => {
    store.asked.length = 0;
  });

  it('describes every revision in the commit that makes it, under an id that is the same when it is computed again', async () => {
    const lamps = harness.handles;
    await lamps.start(undefined, { id: 'l-1' });
    // Somebody else was faster: what is written is the second computation.
    store.faults.push('conflict');
    await lamps.send('l-1', { type: 'press' });
    const [started, lost, won] = store.asked.map(({ outbox = [] }) => outbox);
    expect(started).toMatchObject([{ messageId: 'l-1_1_lamp_turned', revision: 1, data: '{"to":"off"}' }]);
    expect(won).toMatchObject([{ messageId: 'l-1_2_lamp_turned', type: 'lamp.turned', actorId: 'l-1', revision: 2 }]);
    expect(lost?.map(({ messageId }) => messageId)).toEqual(won?.map(({ messageId }) => messageId));
    expect(harness.outbox('l-1')).toEqual([...(started ?? []), ...(won ?? [])]);
  });

  it('has the messages of several revisions that are written together, and none of a revision that says nothing', async () => {
    const lamps = harness.handles;
    await lamps.start(undefined, { id: 'l-2' });
    await Promise.all([1, 2, 3].map(() => lamps.send('l-2', { type: 'press' })));
    const published = harness.outbox('l-2');
    expect(published.map(({ revision, data }) => [revision, data])).toEqual([
      [1, '{"to":"off"}'],
      [2, '{"to":"on","from":"off"}'],
      [3, '{"to":"off","from":"on"}'],
      [4, '{"to":"on","from":"off"}'],
    ]);
    store.asked.length = 0;
    await lamps.suspend('l-2', { by: 'a test' });
    expect(store.asked.map(({ outbox }) => outbox)).toEqual([[]]);
    expect(harness.outbox('l-2')).toEqual(published);
  });
});

import { type ActorHead, silentLogger } from '../../durable/index.js';
import { VirtualClock, settle } from '../../durable/testing.js';
import { ChangeFeed } from '../feed/change-feed.js';
import { OrderChangeStream, type ChangeEvent } from './order-change-stream.js';

const clock = new VirtualClock();

function order(number: number, overrides: Partial<ActorHead> = {}): ActorHead {
  return {
    actorId: `order-${number}`,
    machineId: 'order',
    machineVersion: '1',
    definitionHash: 'hash',
    revision: 1,
    runtimeStatus: 'running',
    status: 'Starting',
    outcome: null,
    incident: false,
    waitingFor: '[]',
    attributes: '{}',
    createdAt: clock.now(),
    updatedAt: clock.now(),
    completedAt: null,
    ...overrides,
  };
}

/** A database with commits of other nodes and of this process. */
class Scene {
  readonly stored: ActorHead[] = [];
  looks = 0;
  commit: ((actor: ActorHead) => void) | null = null;
  readonly feed = new ChangeFeed({
    machineId: 'order',
    clock,
    logger: silentLogger,
    store: {
      changedActors: (_, after, limit) => {
        this.looks += 1;
        const key = ({ updatedAt, actorId }: Pick<ActorHead, 'updatedAt' | 'actorId'>) => `${updatedAt} ${actorId}`;
        const found = this.stored.filter((head) => key(head) > key(after)).sort((a, b) => (key(a) < key(b) ? -1 : 1));
        return Promise.resolve(found.slice(0, limit));
      },
    },
    onCommitted: (listener) => {
      this.commit = listener;
      return () => (this.commit = null);
    },
  });
  readonly changes = new OrderChangeStream(this.feed);
}

/** Follows changes until it is stopped, and collects them in `events`. */
function follow(scene: Scene, cursor?: string) {
  const stop = new AbortController();
  const events: ChangeEvent[] = [];
  const done = (async () => {
    for await (const event of scene.changes.follow(scene.changes.cursorOf(cursor), stop.signal)) events.push(event);
  })();
  return {
    events,
    heard: () =>
      events.map((event) => (event.kind === 'reset' ? 'reset' : `${event.order.id} ${event.order.revision}`)),
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}

describe('changes of all orders', () => {
  it('cost no query without followers, and one query a second with any number of followers', async () => {
    const scene = new Scene();
    await clock.advance(10_000);
    expect(scene.looks).toBe(0);
    const followers = [follow(scene), follow(scene), follow(scene)];
    await clock.advance(10_000);
    expect(scene.looks).toBe(10);
    for (const follower of followers) await follower.stop();
    await clock.advance(10_000);
    expect(scene.looks).toBe(10);
    expect(scene.commit).toBeNull();
  });

  it('are reported once: at once when this process commits them, within a second when another node does', async () => {
    const scene = new Scene();
    const follower = follow(scene);
    await settle();
    const [here, elsewhere] = [order(1), order(2)];
    scene.commit?.(here);
    scene.commit?.(order(3, { machineId: 'return' }));
    scene.stored.push(here, elsewhere);
    await settle();
    expect(follower.heard()).toEqual(['order-1 1']);
    await clock.advance(1_000);
    expect(follower.heard()).toEqual(['order-1 1', 'order-2 1']);
    await clock.advance(20_000);
    expect(follower.heard()).toHaveLength(2);
    await follower.stop();
  });

  it('are not missed when a commit becomes visible after a poll has passed its time (G16)', async () => {
    const scene = new Scene();
    const follower = follow(scene);
    const late = order(1);
    await clock.advance(4_000);
    scene.stored.push(late);
    await clock.advance(1_000);
    expect(follower.heard()).toEqual(['order-1 1']);
    await follower.stop();
  });

  it('resume from a cursor with the state of each order that changed after it or shortly before it (G16)', async () => {
    const scene = new Scene();
    const first = follow(scene);
    await settle();
    scene.commit?.(order(1));
    await settle();
    const [seen] = first.events;
    await first.stop();
    await clock.advance(60_000);
    scene.stored.push(order(1, { revision: 9, status: 'Completed' }), order(2));
    const second = follow(scene, seen?.kind === 'change' ? seen.cursor : undefined);
    await settle();
    expect(second.heard()).toEqual(['order-1 9', 'order-2 1']);
    await second.stop();
  });

  it('become a reset for a reader that falls too far behind or missed too many', async () => {
    const scene = new Scene();
    const slow = follow(scene);
    await settle();
    // The loop is synchronous, so no reader can read between two commits.
    for (let number = 0; number < 3_000; number += 1) scene.commit?.(order(number));
    await settle();
    expect(slow.heard()[0]).toBe('reset');
    expect(slow.events.length).toBeLessThan(3_000);
    scene.stored.push(...Array.from({ length: 3_000 }, (_, number) => order(number)));
    const away = follow(scene, `${clock.now() - 1_000}.order-0`);
    await settle();
    expect(away.heard()).toContain('reset');
    await Promise.all([slow.stop(), away.stop()]);
  });
});

import { StoreUnavailableError } from '../../durable/index.js';
import type { OrderHistoryEntry, OrderSummary } from '../../orders/views/order-views.js';
import { OrderHistoryStream, type FollowedEvent } from './order-history-stream.js';

const entry = (seq: number): OrderHistoryEntry => ({ seq, revision: seq, at: '', type: 'state.changed', data: {} });

/** An order with a growing history, in a database that may be unavailable. */
class Scene {
  lines: OrderHistoryEntry[] = [];
  runtimeStatus: OrderSummary['runtimeStatus'] = 'Running';
  /** The next queries fail, as many as this number says. */
  away = 0;
  private readonly listeners = new Set<(order: { actorId: string }) => void>();
  readonly stream = new OrderHistoryStream(
    {
      summary: (id) => {
        this.away -= 1;
        if (this.away >= 0) return Promise.reject(new StoreUnavailableError('away'));
        return Promise.resolve({ id, runtimeStatus: this.runtimeStatus } as OrderSummary); // all that it reads
      },
      history: (_, page) => {
        const { after = 0, limit = 100 } = page ?? {};
        const found = this.lines.filter(({ seq }) => seq > after);
        const items = found.slice(0, limit);
        return Promise.resolve({ items, next: found.length > limit ? (items.at(-1)?.seq ?? null) : null });
      },
    },
    {
      subscribe: (listener) => {
        // The listener reads only the id.
        this.listeners.add(listener as (order: { actorId: string }) => void);
        return () => this.listeners.delete(listener as (order: { actorId: string }) => void);
      },
    },
    1,
  );

  get watched(): boolean {
    return this.listeners.size > 0;
  }

  write(count: number, runtimeStatus = this.runtimeStatus): void {
    for (let each = 0; each < count; each += 1) this.lines.push(entry(this.lines.length + 1));
    this.runtimeStatus = runtimeStatus;
    for (const listener of this.listeners) listener({ actorId: 'o-1' });
  }

  async follow(onEvent: (event: FollowedEvent) => void = () => undefined, after = 0): Promise<(number | 'end')[]> {
    const heard: (number | 'end')[] = [];
    for await (const event of this.stream.follow('o-1', after, new AbortController().signal)) {
      heard.push(event.kind === 'entry' ? event.entry.seq : 'end');
      onEvent(event);
    }
    return heard;
  }
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('a reader that follows an order (G16)', () => {
  it('gets all of a long history, page by page, and unsubscribes at the end', async () => {
    const scene = new Scene();
    scene.write(250, 'Completed');
    expect(await scene.follow()).toEqual([...upTo(250), 'end']);
    expect(scene.watched).toBe(false);
    expect(await scene.follow(undefined, 248)).toEqual([249, 250, 'end']);
  });

  it('misses no line that is written while it reads', async () => {
    const scene = new Scene();
    scene.write(3);
    const heard = await scene.follow((event) => {
      // The commit comes between reading and waiting.
      if (event.kind === 'entry' && event.entry.seq === 3) scene.write(2, 'Completed');
    });
    expect(heard).toEqual([1, 2, 3, 4, 5, 'end']);
  });

  it('waits while the database is unavailable, and does not end when a machine has failed', async () => {
    const scene = new Scene();
    scene.write(1, 'Failed');
    scene.away = 3;
    const heard = scene.follow((event) => {
      if (event.kind === 'entry' && event.entry.seq === 1) setImmediate(() => scene.write(1, 'Completed'));
    });
    expect(await heard).toEqual([1, 2, 'end']);
  });
});

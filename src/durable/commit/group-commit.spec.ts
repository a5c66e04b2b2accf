import { GroupCommit, type PendingItem } from './group-commit.js';

type Batch = readonly PendingItem<string, string>[];

/** Writes that end when the test says so. */
class HeldWrites {
  readonly batches: Batch[] = [];
  now = 0;
  readonly group: GroupCommit<string, string>;
  private readonly ends: (() => void)[] = [];

  constructor() {
    this.group = new GroupCommit<string, string>((batch) => this.write(batch), {
      sizeOf: (item) => item.length,
      now: () => this.now,
    });
  }

  get items(): string[][] {
    return this.batches.map((batch) => batch.map(({ item }) => item));
  }

  /** Settles the batch that began as the nth. */
  async end(n: number): Promise<void> {
    for (const { item, resolve } of this.batches[n] ?? []) resolve(`${item}!`);
    this.ends[n]?.();
    await nextTick();
  }

  private write(batch: Batch): Promise<void> {
    this.batches.push(batch);
    return new Promise((resolve) => this.ends.push(resolve));
  }
}

const nextTick = (): Promise<void> => new Promise(setImmediate);

describe('A group commit', () => {
  it('gathers the items of one tick in one batch', async () => {
    const { group, ...held } = new HeldWrites();
    const all = Promise.all([group.submit('a'), group.submit('b')]);
    await nextTick();
    expect(held.batches).toHaveLength(1);
    for (const { item, resolve } of held.batches[0] ?? []) resolve(item);
    expect(await all).toEqual(['a', 'b']);
  });

  it('writes one batch at a time, and then what has gathered', async () => {
    const held = new HeldWrites();
    const sent: Promise<string>[] = [];
    for (const item of ['a', 'b', 'c']) {
      sent.push(held.group.submit(item));
      await nextTick();
    }
    expect(held.items).toEqual([['a']]);
    await held.end(0);
    expect(held.items).toEqual([['a'], ['b', 'c']]);
    await held.end(1);
    expect(await Promise.all(sent)).toEqual(['a!', 'b!', 'c!']);
    expect(held.group.pendingBytes).toBe(0);
  });

  it('takes an item that comes in the moment in which the last batch ends', async () => {
    const held = new HeldWrites();
    const first = held.group.submit('a');
    await nextTick();
    const second = first.then(() => held.group.submit('b'));
    await held.end(0);
    await nextTick();
    await held.end(1);
    expect(await second).toBe('b!');
  });

  it('is drained when the last batch has ended, and at once when none is written', async () => {
    const held = new HeldWrites();
    await held.group.drained();
    const sent = [held.group.submit('a')];
    await nextTick();
    sent.push(held.group.submit('b'));
    let isDrained = false;
    const drained = held.group.drained().then(() => (isDrained = true));
    await held.end(0);
    expect(isDrained).toBe(false);
    await held.end(1);
    await drained;
    expect(await Promise.all(sent)).toEqual(['a!', 'b!']);
  });

  it('says how long one more item would wait, and 0 when none is under way', async () => {
    const held = new HeldWrites();
    expect(held.group.waitMs).toBe(0);
    void held.group.submit('a');
    await nextTick();
    void held.group.submit('b');
    held.now = 300;
    expect(held.group.waitMs).toBe(300);
    await held.end(0);
    held.now = 400;
    // The batch before took 300 ms, and this one has taken 100.
    expect(held.group.waitMs).toBe(200);
    await held.end(1);
    expect(held.group.waitMs).toBe(0);
  });
});

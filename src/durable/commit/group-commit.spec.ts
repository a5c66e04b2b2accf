import { GroupCommit, type PendingItem } from './group-commit.js';

type Batch = readonly PendingItem<string, string>[];

/** Writes that end when the test says so. */
class HeldWrites {
  readonly batches: Batch[] = [];
  now = 0;
  readonly group: GroupCommit<string, string>;
  private readonly ends: (() => void)[] = [];

  constructor(lanes?: number) {
    this.group = new GroupCommit<string, string>((batch) => this.write(batch), {
      sizeOf: (item) => item.length,
      now: () => this.now,
      lanes,
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

  it.each([
    { lanes: undefined, together: 1 },
    { lanes: 1, together: 1 },
    { lanes: 2, together: 2 },
    { lanes: 3, together: 3 },
  ])('writes $together batches at a time with $lanes lanes, and the rest after them', async ({ lanes, together }) => {
    const held = new HeldWrites(lanes);
    const sent: Promise<string>[] = [];
    for (const item of ['a', 'b', 'c', 'd', 'e']) {
      sent.push(held.group.submit(item));
      await nextTick();
    }
    expect(held.items).toEqual(['a', 'b', 'c', 'd', 'e'].slice(0, together).map((item) => [item]));
    await held.end(0);
    expect(held.items.at(-1)).toEqual(['a', 'b', 'c', 'd', 'e'].slice(together));
    for (let n = 1; n <= together; n += 1) await held.end(n);
    expect(await Promise.all(sent)).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
    expect(held.group.pendingBytes).toBe(0);
  });

  it('takes an item that comes in the moment in which a lane ends', async () => {
    const held = new HeldWrites(2);
    const first = held.group.submit('a');
    await nextTick();
    const second = first.then(() => held.group.submit('b'));
    await held.end(0);
    await nextTick();
    await held.end(1);
    expect(await second).toBe('b!');
  });

  it('is drained when the last lane has ended, and at once when none writes', async () => {
    const held = new HeldWrites(2);
    await held.group.drained();
    const sent = [held.group.submit('a')];
    await nextTick();
    sent.push(held.group.submit('b'));
    await nextTick();
    let isDrained = false;
    const drained = held.group.drained().then(() => (isDrained = true));
    await held.end(1);
    expect(isDrained).toBe(false);
    await held.end(0);
    await drained;
    expect(await Promise.all(sent)).toEqual(['a!', 'b!']);
  });

  it('says how long one more item would wait, and 0 while a lane is free', async () => {
    const held = new HeldWrites(2);
    void held.group.submit('a');
    await nextTick();
    held.now = 100;
    expect(held.group.waitMs).toBe(0);
    void held.group.submit('b');
    await nextTick();
    void held.group.submit('c');
    held.now = 400;
    expect(held.group.waitMs).toBe(300);
    await held.end(0);
    await held.end(1);
    await held.end(2);
    expect(held.group.waitMs).toBe(0);
  });
});

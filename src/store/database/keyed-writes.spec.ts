import { OverloadedError, StoreUnavailableError } from '../../durable/store.js';
import type { RunStatement, SqlDatabase } from './database.port.js';
import { KeyedWrites } from './keyed-writes.js';

const MB = 1_048_576;
const settle = async () => {
  for (let n = 0; n < 10; n += 1) await new Promise(setImmediate);
};

/** A database whose transactions end when the test ends them. */
class HeldDatabase implements Pick<SqlDatabase, 'transaction'> {
  readonly written: string[] = [];
  private release: (error?: Error) => void = () => undefined;

  async transaction<T>(work: (run: RunStatement) => Promise<T>): Promise<T> {
    const result = await work((sql) => {
      this.written.push(sql);
      return Promise.resolve([]);
    });
    await new Promise<void>((resolve, reject) => {
      this.release = (error) => (error === undefined ? resolve() : reject(error));
    });
    return result;
  }

  async end(error?: Error): Promise<void> {
    this.release(error);
    await settle();
  }
}

describe('Keyed writes while the database is slow (G23)', () => {
  let database: HeldDatabase;
  let writes: KeyedWrites;
  let now: number;
  beforeEach(() => {
    now = 0;
    database = new HeldDatabase();
    writes = new KeyedWrites(database as never as SqlDatabase, {
      maxPendingBytes: MB,
      maxPendingMs: 5_000,
      now: () => now,
    });
  });
  const begin = (key: string, bytes = 0) => writes.begin(key, bytes, (run) => run(key, []));
  const end = (key: string, bytes = 0) => writes.write(key, bytes, (run) => run(key, []));
  const codeOf = (write: Promise<unknown>) =>
    write.then(
      () => 'written',
      (error: unknown) => (error instanceof OverloadedError ? `overloaded ${error.retryAfter}` : 'failed'),
    );

  it('are refused when too many bytes gather if they begin a request, and never if they end one', async () => {
    const begun = Array.from({ length: 200 }, (_, n) => codeOf(begin(`begin-${n}`)));
    const ended = codeOf(end('end', 5 * MB));
    await settle();
    await database.end();
    await database.end();
    const told = await Promise.all(begun);
    expect(told.filter((each) => each === 'written')).toHaveLength(Math.floor(MB / 20_000));
    expect(told.filter((each) => each === 'overloaded 1')).toHaveLength(200 - Math.floor(MB / 20_000));
    expect([await ended, database.written.includes('end')]).toEqual(['written', true]);
  });

  it('count the bytes of their texts, and accept one write above the limit while no other waits', async () => {
    const told = [codeOf(begin('huge', 2 * MB)), codeOf(begin('small'))];
    await settle();
    await database.end();
    expect(await Promise.all(told)).toEqual(['written', 'overloaded 1']);
  });

  it('are refused if they begin a request while earlier batches take too long, and accepted after that', async () => {
    const first = codeOf(begin('a'));
    await settle();
    const second = codeOf(begin('b'));
    now = 5_000;
    const third = codeOf(begin('c'));
    now = 5_001;
    expect(await codeOf(begin('d'))).toBe('overloaded 6');
    now = 900_000;
    expect(await codeOf(begin('d'))).toBe('overloaded 30');
    now = 5_001;
    const ending = codeOf(end('e'));
    await database.end();
    now = 5_010;
    const fourth = codeOf(begin('f'));
    await database.end();
    await database.end();
    expect(await Promise.all([first, second, third, ending, fourth])).toEqual(Array(5).fill('written'));
    expect(database.written).toEqual(['a', 'b', 'c', 'e', 'f']);
  });

  it('do not count failed writes', async () => {
    const lost = codeOf(begin('lost', MB));
    await settle();
    await database.end(new StoreUnavailableError('away'));
    expect(await lost).toBe('failed');
    const next = codeOf(begin('next', MB - 30_000));
    await settle();
    await database.end();
    expect(await next).toBe('written');
  });
});

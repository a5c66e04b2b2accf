import sqlite3 from 'sqlite3';

/** Copies the newest order so many times, each a little older than the one before; the service must not be running. */
export async function crowdOrders(path: string, count: number): Promise<void> {
  const database = new sqlite3.Database(path);
  const run = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    new Promise((resolve, reject) => {
      database.all<T>(sql, values, (error, rows) => (error === null ? resolve(rows) : reject(error)));
    });
  try {
    const columns = (await run<{ name: string }>('PRAGMA table_info(actors)')).map(({ name }) => name);
    const copied = columns.map((name) => {
      if (name === 'actor_id') return "printf('%08x-0000-4000-8000-%012x', n, n)";
      return name.endsWith('_at') ? `${name} - n * 1000` : name;
    });
    await run(
      `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
       INSERT INTO actors (${columns.join(', ')})
       SELECT ${copied.join(', ')} FROM numbers, (SELECT * FROM actors WHERE machine_id = 'order' ORDER BY created_at DESC LIMIT 1)`,
      [count],
    );
  } finally {
    await new Promise((resolve) => database.close(resolve));
  }
}

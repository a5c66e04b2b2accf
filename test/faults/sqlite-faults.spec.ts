import { failuresOf, SHIPPED } from './fault-scenario.js';
import { playOnSqlite, SQLITE_CODES, sqliteFaults } from './faulty-sqlite.js';

describe('A SQLite database that fails at a statement', () => {
  it('is compared with one that does not', async () => {
    expect(await playOnSqlite(null)).toEqual(SHIPPED);
  });

  it.each([
    ['once, with each code', SQLITE_CODES, 1],
    ['three times in a row, as with a full disk', ['FULL', 'IOERR', 'READONLY', 'CORRUPT'], 3],
  ])('loses no acknowledged order and strands none, whatever the statement: %s (G1, G7)', async (_, codes, times) => {
    const cases = await sqliteFaults(codes, times);
    const failed = new Set<object>();
    const play = (fault: (typeof cases)[number]) => playOnSqlite(fault, { onFault: () => failed.add(fault) });
    expect(await failuresOf(cases, 16, play)).toEqual([]);
    // A statement of a poll may not come again within the scenario.
    expect(failed.size).toBeGreaterThan(0.9 * cases.length);
    process.stdout.write(`SQLite faults: ${failed.size} cases\n`);
  });
});

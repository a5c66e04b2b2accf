import { failuresOf, SHIPPED } from './fault-scenario.js';
import { playOnSqlite, SQLITE_CODES, sqliteFaults } from './faulty-sqlite.js';
import { registerCases } from '../support/register-cases.js';

describe('A SQLite database that fails at a statement', () => {
  it('is compared with one that does not', async () => {
    expect(await playOnSqlite(null)).toEqual(SHIPPED);
  });

  const loses = async (codes: readonly string[], times: number) => {
    const cases = await sqliteFaults(codes, times);
    const failed = new Set<object>();
    const play = (fault: (typeof cases)[number]) => playOnSqlite(fault, { onFault: () => failed.add(fault) });
    expect(await failuresOf(cases, 16, play)).toEqual([]);
    // A statement of a poll may not come again within the scenario.
    expect(failed.size).toBeGreaterThan(0.9 * cases.length);
    return cases.length;
  };

  it('loses no acknowledged order and strands none, whatever the statement and the code (G1, G7)', async () => {
    registerCases(552, await loses(SQLITE_CODES, 1));
  });

  it('loses no acknowledged order and strands none when it fails three times in a row, as a full disk does (G1, G7)', async () => {
    registerCases(92, await loses(['FULL', 'IOERR', 'READONLY', 'CORRUPT'], 3));
  });
});

import { type PostgresServer, startPostgres } from '../contract/postgres-server.js';
import { CONNECT, FaultyPostgres, playAll, postgresFaults, SQLSTATES } from './faulty-postgres.js';
import { registerCases } from '../support/register-cases.js';

describe('A PostgreSQL database that fails at a statement', () => {
  let server: PostgresServer;
  let statements: readonly string[];

  beforeAll(async () => {
    server = await startPostgres();
    const first = await FaultyPostgres.start(server.url);
    statements = await first.statements();
    await first.stop();
  });
  afterAll(() => server.stop());

  it('loses no acknowledged order and strands none: each code at each way to commit, some at each statement (G1, G7)', async () => {
    const cases = [
      ...postgresFaults([...statements.filter((each) => /^(COMMIT|WITH created)/.test(each)), CONNECT], SQLSTATES),
      ...postgresFaults(statements, ['28000', '40001', '40P01', '42501', '55P03', '57P01']),
    ];
    const { failures, passed } = await playAll(server.url, 8, cases);
    expect(failures).toEqual([]);
    // A statement of a poll may not come again within the scenario.
    expect(passed).toBeGreaterThan(0.8 * cases.length);
    registerCases(330, cases.length);
  });
});

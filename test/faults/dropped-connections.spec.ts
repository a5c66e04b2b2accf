import { type PostgresServer, startPostgres } from '../contract/postgres-server.js';
import { StoreUnavailableError } from '../../src/durable/store.js';
import { PostgresDataSource } from '../../src/store/database/postgres/postgres-data-source.js';
import { PostgresDatabase } from '../../src/store/database/postgres/postgres-database.js';
import { createStore } from '../../src/store/store-factory.js';
import { PostgresProxy } from './postgres-proxy.js';

const POOL = 5;

describe('A network that has dropped every connection of the pool without a word', () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it.each(['read', 'write', 'transaction'] as const)(
    'costs one %s, which is refused within its limit; the next ones are served by new connections (G11)',
    async (kind) => {
      const proxy = await PostgresProxy.start(server.url);
      const opened = await createStore({
        type: 'postgres',
        url: proxy.url,
        poolSize: POOL,
        statementTimeoutMs: 500,
      });
      const { store } = opened;
      const call = {
        read: () => store.ping(),
        write: () => store.renewNode('nobody', 1),
        transaction: () => store.removeNode('nobody'),
      }[kind];
      await Promise.all(Array.from({ length: POOL }, () => store.ping()));
      proxy.muteAll();

      await expect(call()).rejects.toBeInstanceOf(StoreUnavailableError);
      for (let n = 0; n < 2 * POOL; n++) await call();
      await opened.close();
      await proxy.stop();
    },
  );

  it('costs the callers that wait at once one statement each, and none later (G11)', async () => {
    const proxy = await PostgresProxy.start(server.url);
    const options = { type: 'postgres', url: proxy.url, poolSize: POOL, statementTimeoutMs: 500 } as const;
    const opened = await createStore(options);
    const { store } = opened;
    await Promise.all(Array.from({ length: POOL }, () => store.ping()));
    proxy.muteAll();

    const answers = await Promise.allSettled(Array.from({ length: 4 * POOL }, () => store.ping()));
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(POOL);
    await Promise.all(Array.from({ length: 4 * POOL }, () => store.ping()));
    await opened.close();
    await proxy.stop();
  });

  it('costs nobody a refusal when the connections have rested: they are tested before they are used (G11)', async () => {
    const proxy = await PostgresProxy.start(server.url);
    const dataSource = await new PostgresDataSource({ url: proxy.url, poolSize: POOL }).initialize();
    const database = new PostgresDatabase(dataSource.pool, dataSource.manager, {
      statementTimeoutMs: 500,
      isPooled: false,
      restedMs: 0,
    });
    const read = () => database.read('SELECT 1 AS one', []);
    await Promise.all(Array.from({ length: POOL }, read));
    proxy.muteAll();

    expect(await read()).toEqual([{ one: 1 }]);
    await Promise.all(Array.from({ length: 4 * POOL }, read));
    await database.drain();
    await dataSource.destroy();
    await proxy.stop();
  });
});

import { type PostgresServer, startPostgres } from '../contract/postgres-server.js';
import { createStore } from '../../src/store/store-factory.js';
import { PostgresProxy } from './postgres-proxy.js';

/** The service's own limits: ten connections, 5 seconds a statement. */
describe('A network that has dropped every connection of a pool with the settings of the service', () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it('is behind within 10 seconds, for readers and writers that all come at once (G11)', async () => {
    const proxy = await PostgresProxy.start(server.url);
    const opened = await createStore({ type: 'postgres', url: proxy.url });
    const { store } = opened;
    await Promise.all(Array.from({ length: 10 }, () => store.ping()));
    proxy.muteAll();

    const since = performance.now();
    await Promise.allSettled(Array.from({ length: 40 }, (_, n) => (n % 2 ? store.ping() : store.removeNode('nobody'))));
    await Promise.all(Array.from({ length: 40 }, () => store.ping()));
    const tookMs = performance.now() - since;
    process.stdout.write(`A pool of ten dead connections was replaced after ${Math.round(tookMs)} ms\n`);
    expect(tookMs).toBeLessThan(10_000);
    await opened.close();
    await proxy.stop();
  });
});

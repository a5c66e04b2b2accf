/** The whole service on a PostgreSQL database that refuses every statement while it is told to. */
import { PostgresProxy } from './postgres-proxy.js';
import { ServiceRig } from '../support/service-rig.js';

export class FaultyHttp {
  private constructor(
    readonly rig: ServiceRig,
    private readonly proxy: PostgresProxy,
  ) {}

  static async start(databaseUrl: string): Promise<FaultyHttp> {
    const proxy = await PostgresProxy.start(databaseUrl);
    const rig = await ServiceRig.start({ DATABASE_URL: proxy.url, DATABASE_POOL_SIZE: '4' });
    return new FaultyHttp(rig, proxy);
  }

  /** From now on each statement and each new connection fails so; null: they pass. */
  failWith(code: string | null): void {
    this.proxy.rules = {
      onConnect: () => code,
      onStatement: () => (code === null ? null : { point: 'refused', code }),
    };
  }

  async close(): Promise<void> {
    this.failWith(null);
    await this.rig.close();
    await this.proxy.stop();
  }
}

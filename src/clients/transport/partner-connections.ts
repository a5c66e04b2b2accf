import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { AxiosRequestConfig } from 'axios';
import { Agent } from 'undici';
import { undiciAdapter } from './undici-adapter.js';

/** Connections to one partner. Calls to a slow partner queue once they are used up. */
const MOST_CONNECTIONS = 100;

/** The connections to the partners. They stay open between calls. */
@Injectable()
export class PartnerConnections implements OnApplicationShutdown {
  private readonly agent = new Agent({
    connections: MOST_CONNECTIONS,
    // The deadline of a call is its only time limit, whatever it waits for.
    connect: { timeout: 0 },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  /** Settings of a request that goes over these connections. */
  readonly transport: Pick<AxiosRequestConfig, 'adapter' | 'httpAgent' | 'httpsAgent'> = {
    adapter: undiciAdapter(this.agent),
  };

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}

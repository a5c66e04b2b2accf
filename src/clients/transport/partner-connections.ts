import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** Sockets stay open between calls. Calls to a slow partner queue once its sockets are used up. */
const SOCKETS = { keepAlive: true, maxSockets: 100, maxFreeSockets: 20 } as const;

@Injectable()
export class PartnerConnections implements OnApplicationShutdown {
  readonly httpAgent = new HttpAgent(SOCKETS);
  readonly httpsAgent = new HttpsAgent(SOCKETS);

  onApplicationShutdown(): void {
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }
}

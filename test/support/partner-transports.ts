import { Agent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { PartnerConnections } from '../../src/clients/transport/partner-connections.js';

/** What carries calls to partners, by name. Null: the service's own connections. */
export const PARTNER_TRANSPORTS: Readonly<Record<string, Pick<PartnerConnections, 'transport'> | null>> = {
  undici: null,
  "axios' own adapter": {
    transport: { adapter: 'http', httpAgent: new Agent({ keepAlive: true }), httpsAgent: new HttpsAgent() },
  },
};

import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './api-schema.js';

export interface OrdersClientOptions {
  /** Where the service listens, e.g. `http://localhost:3000`. */
  readonly url: string;
  /** A function key, for shops, operators and admins. */
  readonly key?: string | undefined;
  /** The token of one order, for its customer. */
  readonly orderToken?: string | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Every route of the API with its parameters, bodies, answers and problems, as docs/openapi.json describes them. */
export type OrdersClient = Client<paths>;

export function createOrdersClient({ url, key, orderToken, fetch }: OrdersClientOptions): OrdersClient {
  return createClient<paths>({
    baseUrl: url,
    headers: {
      ...(key === undefined ? {} : { 'x-functions-key': key }),
      ...(orderToken === undefined ? {} : { authorization: `Bearer ${orderToken}` }),
    },
    ...(fetch === undefined ? {} : { fetch }),
  });
}

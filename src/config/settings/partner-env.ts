import { baseUrl, integer, key } from '../env-rules.js';

const timeoutMs = () => integer(1, 600_000, 'milliseconds');
const url = (serves: string) =>
  baseUrl().optional().describe(`Address of the service for ${serves}. Unset: the sandbox serves it.`);
const bearerKey = () =>
  key().optional().describe('Sent to it as `Authorization: Bearer <key>`. Unset: the header is not sent.');
const ownTimeoutMs = () => timeoutMs().optional().describe('Time for a whole call to it. Unset: PARTNER_TIMEOUT_MS.');

export const partnerEnv = {
  PARTNER_TIMEOUT_MS: timeoutMs().prefault('10000').describe('Time for a whole call to a partner.'),
  PARTNER_CONCURRENCY: integer(1, 10_000, 'calls')
    .prefault('32')
    .describe(
      'Calls of one process to one partner at the same time. Further calls wait in a queue of that partner, so a slow partner holds up only the orders that need it. The wait does not count as part of the time for a call.',
    ),
  CART_SERVICE_URL: url('shopping carts'),
  CART_SERVICE_KEY: bearerKey(),
  CART_SERVICE_TIMEOUT_MS: ownTimeoutMs(),
  USER_SERVICE_URL: url('customers and their addresses'),
  USER_SERVICE_KEY: bearerKey(),
  USER_SERVICE_TIMEOUT_MS: ownTimeoutMs(),
  WAREHOUSE_SERVICE_URL: url('stock and reservations'),
  WAREHOUSE_SERVICE_KEY: bearerKey(),
  WAREHOUSE_SERVICE_TIMEOUT_MS: ownTimeoutMs(),
  SHIPPING_SERVICE_URL: url('shipping quotes'),
  SHIPPING_SERVICE_KEY: bearerKey(),
  SHIPPING_SERVICE_TIMEOUT_MS: ownTimeoutMs(),
  PRICING_SERVICE_URL: url('the final price with VAT'),
  PRICING_SERVICE_KEY: bearerKey(),
  PRICING_SERVICE_TIMEOUT_MS: ownTimeoutMs(),
  PAYMENT_SERVICE_URL: url('payments (the payment provider)'),
  PAYMENT_SERVICE_KEY: bearerKey(),
  PAYMENT_SERVICE_TIMEOUT_MS: ownTimeoutMs(),
  FULFILMENT_SERVICE_URL: url('shipments'),
  FULFILMENT_SERVICE_KEY: bearerKey(),
  FULFILMENT_SERVICE_TIMEOUT_MS: ownTimeoutMs(),
};

import { DEVELOPMENT_ORDER_TOKEN_SECRET } from '../order-token-development.js';
import { accessKeys, integer, keys, longSecrets, paths } from '../env-rules.js';

const perMinute = () => integer(0, 100_000_000, 'requests a minute');

export const accessEnv = {
  ACCESS_KEYS: accessKeys()
    .default([])
    .describe(
      'Hashed keys that callers send in `x-functions-key`. A `client` places orders, an `operator` sees and steers all orders, an `admin` may do everything. Two keys may share one id while a key is replaced. A key with a time at its end, `…:2027-01-31T00:00:00Z`, is refused from then on. When one key is set, every route asks for a key. Unset: ORDER_API_KEYS decides.',
    ),
  ORDER_API_KEYS: keys()
    .default([])
    .describe(
      'Plain keys for development; each may do everything, and reading needs none. Unset, and ACCESS_KEYS unset: the service asks for no key.',
    ),
  ORDER_TOKEN_SECRETS: longSecrets()
    .default([DEVELOPMENT_ORDER_TOKEN_SECRET])
    .describe(
      'Secrets of the tokens with which a customer follows and cancels one order. The first makes tokens, all check them. Unset: a public secret for development.',
    ),
  ORDER_TOKEN_DAYS: integer(0, 36_500, 'days')
    .prefault('0')
    .describe(
      "How long a customer's token is accepted after it was made. Tokens of earlier releases, which do not say when that was, are refused where this is set. 0: for ever.",
    ),
  TRUST_PROXY: integer(0, 10, 'proxies')
    .prefault('0')
    .describe(
      'How many proxies stand before the service and name the sender in `X-Forwarded-For`. With a number that is too high, senders choose the address themselves.',
    ),
  RATE_LIMIT_KEYS: perMinute()
    .prefault('300000')
    .describe(
      'Requests of one key. Each process counts for itself. A request over a limit gets 429 and `Retry-After`; 0 means no limit.',
    ),
  RATE_LIMIT_CUSTOMERS: perMinute().prefault('600').describe("Requests with one order's token; 0 means no limit."),
  RATE_LIMIT_WEBHOOKS: perMinute().prefault('60000').describe('Requests of one sender of webhooks; 0 means no limit.'),
  RATE_LIMIT_ADDRESSES: perMinute()
    .prefault('6000')
    .describe('Requests of one address that shows neither key nor token; 0 means no limit.'),
  REDACT_KEYS: paths()
    .default([])
    .describe(
      'Further fields that the service hides in histories, views and stored webhooks, besides secrets and personal data. A name (`iban`) is hidden wherever it occurs, a path (`customer.taxId`) in that place. The service hides a field when it writes, not when it reads. Unset: no further field.',
    ),
};

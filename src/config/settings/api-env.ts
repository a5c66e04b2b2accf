import { DAY_MS, flag, integer, oneOf } from '../env-rules.js';

export const apiEnv = {
  IDEMPOTENCY_TTL_MS: integer(1_000, 400 * DAY_MS, 'milliseconds')
    .prefault('86400000')
    .describe(
      'How long the service keeps the response of a request with an `Idempotency-Key`; then the key is free again.',
    ),
  REQUIRE_IF_MATCH: flag()
    .prefault('false')
    .describe(
      "`true`: an operator's command must carry `If-Match` with the `ETag` of the order; without it the answer is 428.",
    ),
  PAYMENT_CALLBACK_GET: oneOf(['refuse', 'compat'])
    .prefault('refuse')
    .describe(
      'What GET does on `payment-accepted` and `payment-rejected`. `refuse`: 405, because a link preview must not pay an order. `compat`: the same as POST, without a key, for old callers.',
    ),
  STREAM_MAX_CLIENTS: integer(1, 100_000, 'streams')
    .prefault('1000')
    .describe('Streams and long polls that one process holds open; the service refuses the next one with 503.'),
  STREAM_HEARTBEAT_MS: integer(100, 600_000, 'milliseconds')
    .prefault('15000')
    .describe('Time between two comments on a stream; a comment keeps proxies from closing the stream.'),
};

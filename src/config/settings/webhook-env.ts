import { DAY_MS, durations, flag, integer, ports } from '../env-rules.js';

/** 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. Standard Webhooks recommends it: ten attempts in three days. */
const RETRY_SCHEDULE_MS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map((s) => s * 1_000);

export const webhookEnv = {
  WEBHOOK_RETRY_SCHEDULE_MS: durations(30 * DAY_MS)
    .prefault(RETRY_SCHEDULE_MS.join(','))
    .describe(
      'Waits after the failed attempts of a delivery; each wait is up to a tenth longer. After the last attempt the service gives the delivery up, and an operator can replay it. Default: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h.',
    ),
  WEBHOOK_TIMEOUT_MS: integer(100, 60_000, 'milliseconds').prefault('15000').describe('Time for a whole attempt.'),
  WEBHOOK_CONCURRENCY: integer(1, 100, 'calls')
    .prefault('4')
    .describe('Deliveries of one process to one endpoint at the same time. A slow endpoint holds up only itself.'),
  WEBHOOK_SECRET_OVERLAP_MS: integer(0, 30 * DAY_MS, 'milliseconds')
    .prefault('86400000')
    .describe('How long a rotated secret still signs beside the new one.'),
  WEBHOOK_DISABLE_AFTER_MS: integer(1, 400 * DAY_MS, 'milliseconds')
    .prefault('259200000')
    .describe(
      'When the service gives a delivery up and the endpoint has taken nothing for this long, it disables the endpoint.',
    ),
  WEBHOOK_RETENTION_MS: integer(1, 400 * DAY_MS, 'milliseconds')
    .prefault('2592000000')
    .describe('How long the service keeps deliveries and their log.'),
  WEBHOOK_ALLOW_PRIVATE: flag()
    .prefault('false')
    .describe(
      '`true`: an endpoint may be an address of this machine or of a private network. Production also insists on https.',
    ),
  WEBHOOK_PORTS: ports()
    .prefault('80,443,8080,8443')
    .describe('Ports that an endpoint may have. With WEBHOOK_ALLOW_PRIVATE it may have any.'),
};

import { DAY_MS, decimal, integer } from '../env-rules.js';

export const retryEnv = {
  RETRY_FIRST_INTERVAL_MS: integer(0, 30 * DAY_MS, 'milliseconds')
    .prefault('5000')
    .describe('Wait between the first call to a partner that failed and the second.'),
  RETRY_MAX_ATTEMPTS: integer(1, 1_000, 'tries')
    .prefault('3')
    .describe('Calls of one step, the first included; then the order waits for a person as an incident.'),
  RETRY_BACKOFF_COEFFICIENT: decimal(1, 100).prefault('1').describe('Factor from one wait to the next.'),
  RETRY_MAX_INTERVAL_MS: integer(0, 30 * DAY_MS, 'milliseconds')
    .prefault('3600000')
    .describe('Longest wait. It must not be less than RETRY_FIRST_INTERVAL_MS.'),
  RETRY_OVERALL_TIMEOUT_MS: integer(0, 400 * DAY_MS, 'milliseconds')
    .prefault('0')
    .describe('No call starts later than this after the first one; 0 means no limit.'),
  RETRY_JITTER: decimal(0, 1)
    .prefault('0')
    .describe('Share of a wait that is random, so that orders that failed together do not come back together.'),
  INCIDENT_TIMEOUT_MS: integer(1, 400 * DAY_MS, 'milliseconds')
    .prefault('86400000')
    .describe(
      'How long an incident waits for a person. Then the order gives up and compensates; a compensation or a shipment tries again instead.',
    ),
  ACTIVITY_MAX_DELIVERIES: integer(1, 1_000, 'times')
    .prefault('5')
    .describe(
      'How often one try of a call is given to a process that then dies. Then the try counts as failed, so that a call that kills the process does not do so for ever: an order costs at most this times RETRY_MAX_ATTEMPTS crashes.',
    ),
};

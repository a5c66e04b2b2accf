import { DAY_MS, flag, integer, longSecrets, retention, webhookSecrets } from '../env-rules.js';
import { DEVELOPMENT_WEBHOOK_SECRET } from '../webhook-secret-development.js';

/** Outcomes by the names of the order machine. */
const OUTCOMES = ['fulfilled', 'payment_failed', 'payment_timed_out', 'cancelled', 'out_of_stock', 'failed'];

export const orderEnv = {
  PAYMENT_TIMEOUT_MS: integer(1, 400 * DAY_MS, 'milliseconds')
    .prefault('60000')
    .describe('How long a customer has to pay. An order keeps the value it was placed with.'),
  PAYMENT_WEBHOOK_SECRETS: webhookSecrets()
    .default([DEVELOPMENT_WEBHOOK_SECRET])
    .describe(
      "Secrets that sign the payment provider's webhooks. The service accepts all of them; the sandbox signs with the first. Unset: a public secret for development.",
    ),
  STRIPE_WEBHOOK_SECRETS: longSecrets()
    .default([])
    .describe(
      "Signing secrets of a Stripe endpoint (`whsec_…`) that reports to `POST /webhooks/stripe`. Unset: the service refuses every webhook in Stripe's form.",
    ),
  PAYMENT_WEBHOOK_DAYS: integer(0, 3_650, 'days')
    .prefault('90')
    .describe('How long the service keeps a received payment webhook after its last delivery; 0 means for ever.'),
  SHIP_PARTIALLY: flag()
    .prefault('false')
    .describe(
      '`true`: when the warehouse lacks goods, the order ships what there is. `false`: it ends as `out_of_stock`.',
    ),
  ONE_ORDER_PER_CART: flag()
    .prefault('true')
    .describe(
      '`true`: a cart may have one open order; the service refuses a second one with 409. `false`: any number.',
    ),
  MAX_KEPT_EVENTS: integer(1, 10_000)
    .prefault('100')
    .describe('How many events an order keeps that it cannot take yet; the service refuses one more with 409.'),
  RETENTION_DAYS: retention(OUTCOMES)
    .default({ byOutcomeMs: {}, othersMs: null })
    .describe(
      'Days after which the service deletes an ended order with everything stored about it: `90` for all, `failed=365,cancelled=30` by outcome, or both. The service never deletes an order that is open or whose machine failed. Unset: kept for ever.',
    ),
};

import { z } from 'zod';
import type { PartnerKey } from './app-config.js';
import { accessEnv } from './settings/access-env.js';
import { apiEnv } from './settings/api-env.js';
import { operationsEnv } from './settings/operations-env.js';
import { orderEnv } from './settings/order-env.js';
import { partnerEnv } from './settings/partner-env.js';
import { retryEnv } from './settings/retry-env.js';
import { sandboxEnv } from './settings/sandbox-env.js';
import { serviceEnv } from './settings/service-env.js';
import { webhookEnv } from './settings/webhook-env.js';

/** The settings by subject, in the order in which the documents list them. */
export const SETTING_SECTIONS: readonly {
  readonly title: string;
  readonly settings: Readonly<Record<string, z.ZodType>>;
}[] = [
  { title: 'Service', settings: serviceEnv },
  { title: 'Keys, tokens and limits', settings: accessEnv },
  { title: 'API', settings: apiEnv },
  { title: 'Orders and payments', settings: orderEnv },
  { title: 'Retries and incidents', settings: retryEnv },
  { title: 'Partners', settings: partnerEnv },
  { title: 'Outbound webhooks', settings: webhookEnv },
  { title: 'Operations', settings: operationsEnv },
  { title: 'Sandbox', settings: sandboxEnv },
];

/**
 * Every key of the environment that the service reads, with its rule, its default and its meaning. `npm run docs` writes
 * docs/CONFIGURATION.md and .env.example from this schema.
 */
export const envSchema = z.object({
  ...serviceEnv,
  ...accessEnv,
  ...apiEnv,
  ...orderEnv,
  ...retryEnv,
  ...partnerEnv,
  ...webhookEnv,
  ...operationsEnv,
  ...sandboxEnv,
});

export type Env = z.infer<typeof envSchema>;

/** Prefix of each partner's keys: `<prefix>_SERVICE_URL`, `<prefix>_SERVICE_KEY`, `<prefix>_SERVICE_TIMEOUT_MS`. */
export const PARTNER_PREFIXES = {
  cart: 'CART',
  users: 'USER',
  warehouse: 'WAREHOUSE',
  shipping: 'SHIPPING',
  pricing: 'PRICING',
  payment: 'PAYMENT',
  fulfilment: 'FULFILMENT',
} as const satisfies Record<PartnerKey, string>;

const NO_SECRETS = ['RATE_LIMIT_KEYS', 'REDACT_KEYS'];

/** True for keys, secrets, and URLs that may hold a password or a token. Their values are never shown. */
export function isSecret(name: string, text: string): boolean {
  if (NO_SECRETS.includes(name)) return false;
  return /(_KEYS?|_SECRETS)$/.test(name) || (name.endsWith('_URL') && /[@?]/.test(text));
}

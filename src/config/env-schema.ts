import { z } from 'zod';
import type { PartnerKey } from './app-config.js';
import {
  accessKeys,
  baseUrl,
  DAY_MS,
  databaseUrl,
  decimal,
  durations,
  filePath,
  flag,
  gitCommit,
  host,
  integer,
  key,
  keys,
  longSecrets,
  oneOf,
  paths,
  retention,
  text,
  webhookSecrets,
} from './env-rules.js';
import { DEVELOPMENT_ORDER_TOKEN_SECRET } from './order-token-development.js';
import { DEVELOPMENT_WEBHOOK_SECRET } from './webhook-secret-development.js';

/** 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h: as Standard Webhooks recommends, ten attempts in three days. */
const RETRY_SCHEDULE_MS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map((s) => s * 1_000);

/** As the order machine names them. */
const OUTCOMES = ['fulfilled', 'payment_failed', 'payment_timed_out', 'cancelled', 'out_of_stock', 'failed'];

const MAX_PARTNER_TIMEOUT_MS = 600_000;
const timeoutMs = () => integer(1, MAX_PARTNER_TIMEOUT_MS, 'milliseconds');

const perMinute = () => integer(0, 100_000_000, 'requests');

/** Every key of the environment the app reads, with its rule and its default; `.env.example` explains each. */
export const envSchema = z.object({
  NODE_ENV: oneOf(['development', 'test', 'production']).default('development'),
  HOST: host().default('127.0.0.1'),
  PORT: integer(0, 65_535).default(3000),
  PUBLIC_URL: baseUrl().optional(),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ORDER_API_KEYS: keys().default([]),
  ACCESS_KEYS: accessKeys().default([]),
  ORDER_TOKEN_SECRETS: longSecrets().default([DEVELOPMENT_ORDER_TOKEN_SECRET]),
  TRUST_PROXY: integer(0, 10).default(0),
  RATE_LIMIT_KEYS: perMinute().default(300_000),
  RATE_LIMIT_CUSTOMERS: perMinute().default(600),
  RATE_LIMIT_WEBHOOKS: perMinute().default(60_000),
  RATE_LIMIT_ADDRESSES: perMinute().default(6_000),
  REDACT_KEYS: paths().default([]),

  DATABASE_URL: databaseUrl().default({ type: 'sqlite', path: './data/orders.db' }),

  PAYMENT_TIMEOUT_MS: integer(1, 400 * DAY_MS, 'milliseconds').default(60_000),
  PAYMENT_WEBHOOK_SECRETS: webhookSecrets().default([DEVELOPMENT_WEBHOOK_SECRET]),
  STRIPE_WEBHOOK_SECRETS: longSecrets().default([]),
  PAYMENT_WEBHOOK_DAYS: integer(0, 3_650).default(90),
  PAYMENT_CALLBACK_GET: oneOf(['refuse', 'compat']).default('refuse'),
  SHIP_PARTIALLY: flag().default(false),
  ONE_ORDER_PER_CART: flag().default(true),
  RETENTION_DAYS: retention(OUTCOMES).default({ byOutcomeMs: {}, othersMs: null }),
  IDEMPOTENCY_TTL_MS: integer(1_000, 400 * DAY_MS, 'milliseconds').default(DAY_MS),
  REQUIRE_IF_MATCH: flag().default(false),

  WEBHOOK_RETRY_SCHEDULE_MS: durations(30 * DAY_MS).default(RETRY_SCHEDULE_MS),
  WEBHOOK_TIMEOUT_MS: integer(100, 60_000, 'milliseconds').default(15_000),
  WEBHOOK_CONCURRENCY: integer(1, 100, 'calls').default(4),
  WEBHOOK_SECRET_OVERLAP_MS: integer(0, 30 * DAY_MS, 'milliseconds').default(DAY_MS),
  WEBHOOK_DISABLE_AFTER_MS: integer(1, 400 * DAY_MS, 'milliseconds').default(3 * DAY_MS),
  WEBHOOK_RETENTION_MS: integer(1, 400 * DAY_MS, 'milliseconds').default(30 * DAY_MS),
  WEBHOOK_ALLOW_PRIVATE: flag().default(false),
  STREAM_MAX_CLIENTS: integer(1, 100_000).default(1_000),
  STREAM_HEARTBEAT_MS: integer(100, 600_000, 'milliseconds').default(15_000),

  METRICS_KEY: key().optional(),
  READY_MAX_TIMER_LAG_MS: integer(1, DAY_MS, 'milliseconds').default(60_000),
  READY_MAX_BACKLOG: integer(1, 10_000).default(5_000),
  SHUTDOWN_TIMEOUT_MS: integer(100, 600_000, 'milliseconds').default(10_000),
  SHUTDOWN_DELAY_MS: integer(0, 300_000, 'milliseconds').default(0),
  GIT_COMMIT: gitCommit().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: baseUrl().optional(),
  OTEL_SERVICE_NAME: text().default('durable-orders'),
  OTEL_SDK_DISABLED: flag().default(false),

  RETRY_FIRST_INTERVAL_MS: integer(0, 30 * DAY_MS, 'milliseconds').default(5_000),
  RETRY_MAX_ATTEMPTS: integer(1, 1_000, 'tries').default(3),
  RETRY_BACKOFF_COEFFICIENT: decimal(1, 100).default(1),
  RETRY_MAX_INTERVAL_MS: integer(0, 30 * DAY_MS, 'milliseconds').default(3_600_000),
  RETRY_OVERALL_TIMEOUT_MS: integer(0, 400 * DAY_MS, 'milliseconds').default(0),
  RETRY_JITTER: decimal(0, 1).default(0),
  INCIDENT_TIMEOUT_MS: integer(1, 400 * DAY_MS, 'milliseconds').default(DAY_MS),
  ACTIVITY_MAX_DELIVERIES: integer(1, 1_000, 'times').default(5),

  PARTNER_TIMEOUT_MS: timeoutMs().default(10_000),
  PARTNER_CONCURRENCY: integer(1, 10_000, 'calls').default(32),
  CART_SERVICE_URL: baseUrl().optional(),
  CART_SERVICE_KEY: key().optional(),
  CART_SERVICE_TIMEOUT_MS: timeoutMs().optional(),
  USER_SERVICE_URL: baseUrl().optional(),
  USER_SERVICE_KEY: key().optional(),
  USER_SERVICE_TIMEOUT_MS: timeoutMs().optional(),
  WAREHOUSE_SERVICE_URL: baseUrl().optional(),
  WAREHOUSE_SERVICE_KEY: key().optional(),
  WAREHOUSE_SERVICE_TIMEOUT_MS: timeoutMs().optional(),
  SHIPPING_SERVICE_URL: baseUrl().optional(),
  SHIPPING_SERVICE_KEY: key().optional(),
  SHIPPING_SERVICE_TIMEOUT_MS: timeoutMs().optional(),
  PRICING_SERVICE_URL: baseUrl().optional(),
  PRICING_SERVICE_KEY: key().optional(),
  PRICING_SERVICE_TIMEOUT_MS: timeoutMs().optional(),
  PAYMENT_SERVICE_URL: baseUrl().optional(),
  PAYMENT_SERVICE_KEY: key().optional(),
  PAYMENT_SERVICE_TIMEOUT_MS: timeoutMs().optional(),
  FULFILMENT_SERVICE_URL: baseUrl().optional(),
  FULFILMENT_SERVICE_KEY: key().optional(),
  FULFILMENT_SERVICE_TIMEOUT_MS: timeoutMs().optional(),

  SANDBOX: oneOf(['auto', 'on']).default('auto'),
  SANDBOX_HOST: host().default('127.0.0.1'),
  SANDBOX_PORT: integer(0, 65_535).default(3001),
  SANDBOX_DATABASE: filePath().default('./data/sandbox.db'),
  SANDBOX_LATENCY_MS: integer(0, 60_000, 'milliseconds').default(300),
  SANDBOX_AUTO_PAY: oneOf(['manual', 'accept', 'reject']).default('manual'),
});

export type Env = z.infer<typeof envSchema>;

/** What each partner's keys begin with: `<prefix>_SERVICE_URL`, `_SERVICE_KEY`, `_SERVICE_TIMEOUT_MS`. */
export const PARTNER_PREFIXES = {
  cart: 'CART',
  users: 'USER',
  warehouse: 'WAREHOUSE',
  shipping: 'SHIPPING',
  pricing: 'PRICING',
  payment: 'PAYMENT',
  fulfilment: 'FULFILMENT',
} as const satisfies Record<PartnerKey, string>;

/** Whether a value must never be shown: keys and secrets, and URLs that may hold a password or a token. */
export function isSecret(name: string, text: string): boolean {
  return /(_KEYS?|_SECRETS)$/.test(name) || (name.endsWith('_URL') && /[@?]/.test(text));
}

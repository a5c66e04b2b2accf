import type { Env } from './env-schema.js';
import { PARTNER_PREFIXES } from './env-schema.js';
import { DEVELOPMENT_ORDER_TOKEN_SECRET } from './order-token-development.js';
import { DEVELOPMENT_WEBHOOK_SECRET } from './webhook-secret-development.js';

/** What production refuses about one key: convenient in development, dangerous there. */
interface ProductionRule {
  readonly key: keyof Env;
  readonly isBroken: (text: string | undefined) => boolean;
  /** Completes the sentence "<key> <rule>". */
  readonly rule: string;
}

const required = (key: keyof Env, why = ''): ProductionRule => ({
  key,
  isBroken: (text) => text === undefined,
  rule: `is required in production${why}`,
});
const notDevelopments = (key: keyof Env, secret: string): ProductionRule => ({
  key,
  isBroken: (text) => text?.includes(secret) === true,
  rule: 'must not hold the development secret in production',
});
const never = (key: keyof Env, refused: string, why: string): ProductionRule => ({
  key,
  isBroken: (text) => text === refused,
  rule: `must not be ${refused} in production${why}`,
});
const limited = (key: keyof Env): ProductionRule => ({
  key,
  isBroken: (text) => text !== undefined && Number(text) === 0,
  rule: 'must not be 0 in production: name a limit',
});

export const PRODUCTION_RULES: readonly ProductionRule[] = [
  ...Object.values(PARTNER_PREFIXES).map((prefix) => required(`${prefix}_SERVICE_URL`)),
  required('PUBLIC_URL', ': the https address that customers and partners use'),
  {
    key: 'PUBLIC_URL',
    isBroken: (text) => text?.startsWith('https://') === false,
    rule: 'must be https in production: links carry customers to their orders',
  },
  {
    key: 'ORDER_API_KEYS',
    isBroken: (text) => text !== undefined,
    rule: 'must not be set in production: it holds keys in plain text; put their SHA-256 into ACCESS_KEYS',
  },
  required('ACCESS_KEYS', ': <id>:<role>:sha256:<hash> of each key that is accepted'),
  required('ORDER_TOKEN_SECRETS', ': the development secret is public'),
  notDevelopments('ORDER_TOKEN_SECRETS', DEVELOPMENT_ORDER_TOKEN_SECRET),
  required('PAYMENT_WEBHOOK_SECRETS', ': the development secret is public'),
  notDevelopments('PAYMENT_WEBHOOK_SECRETS', DEVELOPMENT_WEBHOOK_SECRET),
  never('PAYMENT_CALLBACK_GET', 'compat', ': whoever opens the link would pay the order'),
  never('WEBHOOK_ALLOW_PRIVATE', 'true', ': webhooks would reach into your own network'),
  never('SANDBOX', 'on', ''),
  limited('RATE_LIMIT_KEYS'),
  limited('RATE_LIMIT_CUSTOMERS'),
  limited('RATE_LIMIT_WEBHOOKS'),
  limited('RATE_LIMIT_ADDRESSES'),
];

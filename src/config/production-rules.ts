import { DEVELOPMENT_ORDER_TOKEN_SECRET } from './order-token-development.js';
import { DEVELOPMENT_WEBHOOK_SECRET } from './webhook-secret-development.js';

type Texts = Readonly<Record<string, string | undefined>>;
type Rule = readonly [key: string, rule: string];

const SECRETS_OF_DEVELOPMENT: Readonly<Record<string, string>> = {
  ORDER_TOKEN_SECRETS: DEVELOPMENT_ORDER_TOKEN_SECRET,
  PAYMENT_WEBHOOK_SECRETS: DEVELOPMENT_WEBHOOK_SECRET,
};
const LIMITS = ['RATE_LIMIT_KEYS', 'RATE_LIMIT_CUSTOMERS', 'RATE_LIMIT_WEBHOOKS', 'RATE_LIMIT_ADDRESSES'];

/** What is convenient in development and dangerous in production: each key with what is to be changed about it. */
export function* insecurities(texts: Texts): Generator<Rule> {
  const url = texts['PUBLIC_URL'];
  if (url === undefined)
    yield ['PUBLIC_URL', 'is required in production: the https address that customers and partners use'];
  else if (!url.startsWith('https://'))
    yield ['PUBLIC_URL', 'must be https in production: links carry customers to their orders'];

  if (texts['ORDER_API_KEYS'] !== undefined) {
    yield [
      'ORDER_API_KEYS',
      'must not be set in production: it holds keys in plain text; put their SHA-256 into ACCESS_KEYS',
    ];
  }
  if (texts['ACCESS_KEYS'] === undefined) {
    yield ['ACCESS_KEYS', 'is required in production: <id>:<role>:sha256:<hash> of each key that is accepted'];
  }
  for (const [key, secret] of Object.entries(SECRETS_OF_DEVELOPMENT)) {
    const text = texts[key];
    if (text === undefined) yield [key, 'is required in production: the development secret is public'];
    else if (text.includes(secret)) yield [key, 'must not hold the development secret in production'];
  }
  if (texts['PAYMENT_CALLBACK_GET'] === 'compat') {
    yield ['PAYMENT_CALLBACK_GET', 'must not be compat in production: whoever opens the link would pay the order'];
  }
  if (texts['WEBHOOK_ALLOW_PRIVATE'] === 'true') {
    yield ['WEBHOOK_ALLOW_PRIVATE', 'must not be true in production: webhooks would reach into your own network'];
  }
  if (texts['SANDBOX'] === 'on') yield ['SANDBOX', 'must not be on in production'];
  for (const key of LIMITS) {
    if (texts[key] !== undefined && Number(texts[key]) === 0) yield [key, 'must not be 0 in production: name a limit'];
  }
}

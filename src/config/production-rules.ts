import type { Env } from './env-schema.js';
import { PARTNER_PREFIXES } from './env-schema.js';
import { DEVELOPMENT_ORDER_TOKEN_SECRET } from './order-token-development.js';
import { splitList } from './env-rules.js';
import { isGuess, isHashOfGuess, lacksEntropy } from './weak-secrets.js';
import { DEVELOPMENT_WEBHOOK_SECRET } from './webhook-secret-development.js';

type Texts = Readonly<Record<string, string | undefined>>;

/** Says what production refuses about one key. Development accepts it. */
interface ProductionRule {
  readonly key: keyof Env;
  /** @param all every value of the environment, by key. */
  readonly isBroken: (text: string | undefined, all: Texts) => boolean;
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

const entropic = (key: keyof Env, secretsOf: (text: string) => readonly string[] = splitList): ProductionRule => ({
  key,
  isBroken: (text) => text !== undefined && secretsOf(text).some(lacksEntropy),
  rule: 'must be random in production: one of its secrets repeats itself or has few different characters',
});
const partnerKeys = (prefix: (typeof PARTNER_PREFIXES)[keyof typeof PARTNER_PREFIXES]): ProductionRule => ({
  key: `${prefix}_SERVICE_URL`,
  isBroken: (text, all) => text?.startsWith('http://') === true && all[`${prefix}_SERVICE_KEY`] !== undefined,
  rule: `must be https in production: ${prefix}_SERVICE_KEY is sent to it`,
});

interface GivenKey {
  readonly id: string;
  readonly role: string;
  readonly hash: string;
}

function keysOf(text: string | undefined): readonly GivenKey[] {
  return splitList(text ?? '').map((entry) => {
    const [id = '', role = '', , hash = ''] = entry.split(':');
    return { id, role, hash: hash.toLowerCase() };
  });
}

const bytesOf = (text: string): readonly string[] =>
  splitList(text).map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64').toString('latin1'));

export const PRODUCTION_RULES: readonly ProductionRule[] = [
  ...Object.values(PARTNER_PREFIXES).flatMap((prefix) => [required(`${prefix}_SERVICE_URL`), partnerKeys(prefix)]),
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
  {
    key: 'ACCESS_KEYS',
    isBroken: (text) => keysOf(text).some(({ id, role, hash }) => isHashOfGuess(hash, [id, role])),
    rule: 'must be hashes of random keys in production: one is the hash of a common word, or of nothing',
  },
  {
    key: 'ACCESS_KEYS',
    isBroken: (text) => {
      const roles = new Map(keysOf(text).map(({ hash, role }) => [hash, role]));
      return keysOf(text).some(({ hash, role }) => roles.get(hash) !== role);
    },
    rule: 'must not have one hash under two roles in production: it says nothing of what its holder may do',
  },
  {
    key: 'METRICS_KEY',
    isBroken: (text) => text !== undefined && (text.length < 20 || isGuess(text) || lacksEntropy(text)),
    rule: 'must be at least 20 random characters in production',
  },
  required('ORDER_TOKEN_SECRETS', ': the development secret is public'),
  notDevelopments('ORDER_TOKEN_SECRETS', DEVELOPMENT_ORDER_TOKEN_SECRET),
  required('PAYMENT_WEBHOOK_SECRETS', ': the development secret is public'),
  notDevelopments('PAYMENT_WEBHOOK_SECRETS', DEVELOPMENT_WEBHOOK_SECRET),
  entropic('ORDER_TOKEN_SECRETS'),
  entropic('PAYMENT_WEBHOOK_SECRETS', bytesOf),
  entropic('STRIPE_WEBHOOK_SECRETS'),
  never('PAYMENT_CALLBACK_GET', 'compat', ': whoever opens the link would pay the order'),
  never('WEBHOOK_ALLOW_PRIVATE', 'true', ': webhooks would reach into your own network'),
  never('SANDBOX', 'on', ''),
  limited('RATE_LIMIT_KEYS'),
  limited('RATE_LIMIT_CUSTOMERS'),
  limited('RATE_LIMIT_WEBHOOKS'),
  limited('RATE_LIMIT_ADDRESSES'),
];

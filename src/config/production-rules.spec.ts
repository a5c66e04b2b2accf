import { createHash } from 'node:crypto';
import { ConfigError } from './config-error.js';
import { loadConfig } from './config-loader.js';
import { PARTNER_PREFIXES } from './env-schema.js';
import { DEVELOPMENT_ORDER_TOKEN_SECRET } from './order-token-development.js';
import { DEVELOPMENT_WEBHOOK_SECRET } from './webhook-secret-development.js';

const ALL_URLS = Object.fromEntries(
  Object.values(PARTNER_PREFIXES).map((prefix) => [
    `${prefix}_SERVICE_URL`,
    `https://${prefix.toLowerCase()}.example.com`,
  ]),
);
const OWN_SECRET = `whsec_${createHash('sha256').update('of a test').digest('base64')}`;
const PRODUCTION = {
  ...ALL_URLS,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://orders.example.com',
  ACCESS_KEYS: `shop:client:sha256:${'1'.repeat(64)}`,
  ORDER_TOKEN_SECRETS: 'kJ8sQ2vX7bN4mR1tY6wZ3cF9hL5gD0pA',
  PAYMENT_WEBHOOK_SECRETS: OWN_SECRET,
};

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('starts in production with partners, hashed keys and own secrets', () => {
    const hash = 'aB'.repeat(32);
    const config = loadConfig({
      ...PRODUCTION,
      ACCESS_KEYS: `shop:client:sha256:${hash}, anna@ops:operator:sha256:${'c'.repeat(64)}`,
    });
    expect(config.accessKeys).toEqual([
      { id: 'shop', role: 'client', sha256: hash },
      { id: 'anna@ops', role: 'operator', sha256: 'c'.repeat(64) },
    ]);
    expect(config.payment.webhookSecrets).toEqual([OWN_SECRET]);
    expect(config.sandbox).toBeNull();
  });

  const hashOf = (word: string) => createHash('sha256').update(word).digest('hex');
  const random = (n: number) => createHash('sha256').update(`${n}`).digest('base64url');

  it.each([
    '',
    '\n',
    'password',
    'admin',
    'Secret123',
    'CHANGEME',
    'test-key',
    '12345678',
    'shop',
    'client',
    'shop\n',
    'hunter2',
  ])('refuses in production the hash of %j as a key', (word) => {
    const ACCESS_KEYS = `shop:client:sha256:${hashOf(word).toUpperCase()}`;
    expect(problemsOf({ ...PRODUCTION, ACCESS_KEYS })).toEqual([expect.stringContaining('hash of a common word')]);
  });

  it('refuses in production one hash under two roles, and accepts it under two ids of one role', () => {
    const hash = hashOf(random(1));
    const given = (roles: readonly string[]) => roles.map((role, n) => `id${n}:${role}:sha256:${hash}`).join(',');
    expect(problemsOf({ ...PRODUCTION, ACCESS_KEYS: given(['client', 'operator']) })).toEqual([
      expect.stringContaining('two roles'),
    ]);
    expect(problemsOf({ ...PRODUCTION, ACCESS_KEYS: given(['client', 'client']) })).toEqual([]);
  });

  const POOR = [
    'a'.repeat(32),
    'ab'.repeat(16),
    '0123456789'.repeat(4),
    'abcdefghijklmnopqrstuvwxyz0123456789',
    `${'x'.repeat(31)}y`,
  ];
  it.each(
    POOR.flatMap((text) => ['ORDER_TOKEN_SECRETS', 'STRIPE_WEBHOOK_SECRETS', 'METRICS_KEY'].map((key) => [key, text])),
  )('refuses in production %s without entropy: %s', (key, text) => {
    expect(problemsOf({ ...PRODUCTION, [key]: text })).toEqual([expect.stringContaining('random')]);
    expect(problemsOf({ ...PRODUCTION, [key]: `${random(1)}${key === 'METRICS_KEY' ? '' : `,${text}`}` })).toHaveLength(
      key === 'METRICS_KEY' ? 0 : 1,
    );
  });

  it.each(['short', 'metrics', random(1).slice(0, 19)])('refuses in production the metrics key %s', (METRICS_KEY) => {
    expect(problemsOf({ ...PRODUCTION, METRICS_KEY })).toEqual([expect.stringContaining('METRICS_KEY')]);
  });

  it('refuses in production a webhook secret of equal bytes', () => {
    const PAYMENT_WEBHOOK_SECRETS = `${OWN_SECRET},whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(problemsOf({ ...PRODUCTION, PAYMENT_WEBHOOK_SECRETS })).toEqual([expect.stringContaining('random')]);
  });

  it.each(Object.values(PARTNER_PREFIXES))('refuses in production a key for %s over plain http', (prefix) => {
    const plain = { [`${prefix}_SERVICE_URL`]: 'http://partner.example.com' };
    expect(problemsOf({ ...PRODUCTION, ...plain })).toEqual([]);
    expect(problemsOf({ ...PRODUCTION, ...plain, [`${prefix}_SERVICE_KEY`]: random(2) })).toEqual([
      expect.stringContaining('must be https'),
    ]);
  });

  it('reports in production all missing partners, keys and secrets at once', () => {
    const lines = problemsOf({ NODE_ENV: 'production' });
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      ...Object.keys(ALL_URLS),
      'PUBLIC_URL',
      'ACCESS_KEYS',
      'ORDER_TOKEN_SECRETS',
      'PAYMENT_WEBHOOK_SECRETS',
    ]);
    expect(lines.filter((line) => !line.includes(' in production'))).toEqual([]);
  });

  it.each([
    [{ ORDER_API_KEYS: 'plain-key' }, 'ORDER_API_KEYS=(hidden) must not be set in production'],
    [{ PUBLIC_URL: 'http://orders.example.com' }, 'PUBLIC_URL="http://orders.example.com" must be https in production'],
    [{ PAYMENT_CALLBACK_GET: 'compat' }, 'PAYMENT_CALLBACK_GET="compat" must not be compat in production'],
    [{ SANDBOX: 'on' }, 'SANDBOX="on" must not be on in production'],
    [{ RATE_LIMIT_ADDRESSES: '0' }, 'RATE_LIMIT_ADDRESSES="0" must not be 0 in production'],
    [
      { ORDER_TOKEN_SECRETS: `${PRODUCTION.ORDER_TOKEN_SECRETS},${DEVELOPMENT_ORDER_TOKEN_SECRET}` },
      'ORDER_TOKEN_SECRETS=(hidden) must not hold the development secret in production',
    ],
    [
      { PAYMENT_WEBHOOK_SECRETS: DEVELOPMENT_WEBHOOK_SECRET },
      'PAYMENT_WEBHOOK_SECRETS=(hidden) must not hold the development secret in production',
    ],
    [
      { PAYMENT_WEBHOOK_SECRETS: `${OWN_SECRET},${DEVELOPMENT_WEBHOOK_SECRET}` },
      'PAYMENT_WEBHOOK_SECRETS=(hidden) must not hold the development secret in production',
    ],
  ])('refuses %j in production, and names the rule', (setting, line) => {
    const lines = problemsOf({ ...PRODUCTION, ...setting });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(line);
    expect(problemsOf(setting)).toEqual([]);
  });
});

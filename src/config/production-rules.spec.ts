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
const OWN_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const PRODUCTION = {
  ...ALL_URLS,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://orders.example.com',
  ACCESS_KEYS: `shop:client:sha256:${'1'.repeat(64)}`,
  ORDER_TOKEN_SECRETS: 'o'.repeat(32),
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
  it('starts in production with partners, hashed keys and secrets of its own', () => {
    const hash = 'aB'.repeat(32);
    const config = loadConfig({
      ...PRODUCTION,
      ACCESS_KEYS: `shop:client:sha256:${hash}, anna@ops:operator:sha256:${hash}`,
    });
    expect(config.accessKeys).toEqual([
      { id: 'shop', role: 'client', sha256: hash },
      { id: 'anna@ops', role: 'operator', sha256: hash },
    ]);
    expect(config.payment.webhookSecrets).toEqual([OWN_SECRET]);
    expect(config.sandbox).toBeNull();
  });

  it('refuses production without partners, keys and secrets, all in one report that says what to set', () => {
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
      { ORDER_TOKEN_SECRETS: `${'o'.repeat(32)},${DEVELOPMENT_ORDER_TOKEN_SECRET}` },
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
  ])('refuses %j in production, and says why', (setting, line) => {
    const lines = problemsOf({ ...PRODUCTION, ...setting });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(line);
    expect(problemsOf(setting)).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { ConfigError } from './config-error.js';
import { loadConfig } from './config-loader.js';
import { envSchema, PARTNER_PREFIXES } from './env-schema.js';
import { DEVELOPMENT_ORDER_TOKEN_SECRET } from './order-token-development.js';
import { DEVELOPMENT_WEBHOOK_SECRET } from './webhook-secret-development.js';

const POSTGRES = { type: 'postgres', directUrl: undefined, poolSize: 10, statementTimeoutMs: 5_000 };
const ALL_URLS = Object.fromEntries(
  Object.values(PARTNER_PREFIXES).map((prefix) => [
    `${prefix}_SERVICE_URL`,
    `https://${prefix.toLowerCase()}.example.com`,
  ]),
);
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
  it('makes a development set-up with SQLite and the sandbox of an empty environment', () => {
    expect(loadConfig({})).toEqual({
      nodeEnv: 'development',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      database: { type: 'sqlite', path: './data/orders.db' },
      partners: Object.fromEntries(
        Object.keys(PARTNER_PREFIXES).map((name) => [
          name,
          { url: null, key: null, timeoutMs: 10_000, concurrency: 32 },
        ]),
      ),
      sandbox: {
        host: '127.0.0.1',
        port: 3001,
        databasePath: './data/sandbox.db',
        latencyMs: 300,
        autoPay: 'manual',
      },
      payment: {
        timeoutMs: 60_000,
        webhookSecrets: [DEVELOPMENT_WEBHOOK_SECRET],
        stripeWebhookSecrets: [],
        callbackGet: 'refuse',
        webhookDays: 90,
      },
      retry: {
        firstIntervalMs: 5_000,
        maxAttempts: 3,
        backoffCoefficient: 1,
        maxIntervalMs: 3_600_000,
        overallTimeoutMs: 0,
        jitter: 0,
      },
      incidentTimeoutMs: 86_400_000,
      push: {
        webhooks: {
          retryScheduleMs: [
            5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
          ],
          timeoutMs: 15_000,
          concurrency: 4,
          secretOverlapMs: 86_400_000,
          disableAfterMs: 259_200_000,
          retentionMs: 2_592_000_000,
          allowPrivate: false,
          ports: [80, 443, 8080, 8443],
          httpsOnly: false,
        },
        streams: { maxClients: 1_000, heartbeatMs: 15_000 },
      },
      activityMaxDeliveries: 5,
      shipPartially: false,
      oneOrderPerCart: true,
      maxKeptEvents: 100,
      retention: { byOutcomeMs: {}, othersMs: null },
      idempotencyTtlMs: 86_400_000,
      requireIfMatch: false,
      apiKeys: [],
      accessKeys: [],
      orderTokenSecrets: [DEVELOPMENT_ORDER_TOKEN_SECRET],
      orderTokenDays: 0,
      rateLimits: { keys: 300_000, customers: 600, webhooks: 60_000, addresses: 6_000 },
      trustedProxies: 0,
      redactKeys: [],
      operations: {
        metricsKey: null,
        readiness: { maxTimerLagMs: 60_000, maxBacklog: 5_000, maxClockOffsetMs: 2_000 },
        overload: { maxWaitMs: 5_000, maxBytes: undefined },
        readsBeforeCommit: true,
        shutdown: { timeoutMs: 10_000, delayMs: 0 },
        gitCommit: null,
        traces: null,
      },
      logLevel: 'info',
    });
  });

  it('reads the schedule of outbound webhooks, and refuses a schedule that is not a list of milliseconds', () => {
    const { push } = loadConfig({ WEBHOOK_RETRY_SCHEDULE_MS: '50, 100,200' });
    expect(push.webhooks.retryScheduleMs).toEqual([50, 100, 200]);
    for (const text of ['5s', '0', '1,,2', '-5', '1.5', Array(21).fill('1').join()]) {
      expect(problemsOf({ WEBHOOK_RETRY_SCHEDULE_MS: text })).toHaveLength(1);
    }
  });

  it('treats an empty value as unset', () => {
    const empty = Object.fromEntries(Object.keys(envSchema.shape).map((key) => [key, '']));
    expect(loadConfig(empty)).toEqual(loadConfig({}));
  });

  it('turns traces on when an OTLP endpoint is set and OpenTelemetry is not disabled', () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
    expect(loadConfig(endpoint).operations.traces).toEqual({ serviceName: 'durable-orders' });
    expect(
      loadConfig({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces', OTEL_SERVICE_NAME: 'shop' })
        .operations.traces,
    ).toEqual({ serviceName: 'shop' });
    expect(loadConfig({ ...endpoint, OTEL_SDK_DISABLED: 'true' }).operations.traces).toBeNull();
    expect(problemsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318', GIT_COMMIT: 'main' })).toHaveLength(2);
  });

  it('reports every bad key at once, each on one line with its value and its rule', () => {
    expect(problemsOf({ PORT: '12abc', LOG_LEVEL: 'loud', RETRY_JITTER: '1.5', SHIP_PARTIALLY: 'yes' })).toEqual([
      'PORT="12abc" must be a whole number from 0 to 65535',
      'LOG_LEVEL="loud" must be one of fatal, error, warn, info, debug, trace, silent',
      'SHIP_PARTIALLY="yes" must be true or false',
      'RETRY_JITTER="1.5" must be a number from 0 to 1',
    ]);
  });

  it.each(['12abc', '1e3', '0x10', '-1', '+5', ' 5', '5.0', '65536', '１'])('refuses %j as a port', (text) => {
    expect(problemsOf({ PORT: text })).toHaveLength(1);
  });

  it.each([
    ['90', { byOutcomeMs: {}, othersMs: 90 * 86_400_000 }],
    ['failed=365', { byOutcomeMs: { failed: 365 * 86_400_000 }, othersMs: null }],
    [
      '1, failed=2 ,cancelled=3',
      { byOutcomeMs: { failed: 172_800_000, cancelled: 259_200_000 }, othersMs: 86_400_000 },
    ],
  ])('reads %j as days of retention', (text, retention) => {
    expect(loadConfig({ RETENTION_DAYS: text }).retention).toEqual(retention);
  });

  it.each([
    '0',
    '36501',
    '1.5',
    '-1',
    'failed',
    'failed=',
    '=3',
    'lost=3',
    '1,2',
    'failed=1,failed=2',
    '1,',
    'failed=1=2',
  ])('refuses %j as days of retention', (text) => {
    expect(problemsOf({ RETENTION_DAYS: text })).toHaveLength(1);
  });

  it('accepts a payment deadline of 400 days, and refuses one millisecond more and zero (G5)', () => {
    const longest = 400 * 86_400_000;
    expect(loadConfig({ PAYMENT_TIMEOUT_MS: String(longest) }).payment.timeoutMs).toBe(longest);
    expect(problemsOf({ PAYMENT_TIMEOUT_MS: String(longest + 1) })).toHaveLength(1);
    expect(problemsOf({ PAYMENT_TIMEOUT_MS: '0' })).toHaveLength(1);
  });

  it.each([
    ['sqlite:./data/orders.db', { type: 'sqlite', path: './data/orders.db' }],
    ['sqlite:/var/lib/orders.db', { type: 'sqlite', path: '/var/lib/orders.db' }],
    ['postgres://u:p@db:5432/orders', { ...POSTGRES, url: 'postgres://u:p@db:5432/orders' }],
    ['postgresql://db/orders', { ...POSTGRES, url: 'postgresql://db/orders' }],
  ])('reads %s as a database', (text, database) => {
    expect(loadConfig({ DATABASE_URL: text }).database).toEqual(database);
  });

  it.each(['orders.db', 'sqlite:', 'sqlite://orders.db', 'mysql://db/orders', 'postgres://db', 'postgres:orders'])(
    'refuses %s as a database',
    (text) => {
      expect(problemsOf({ DATABASE_URL: text })).toHaveLength(1);
    },
  );

  it('never shows a secret, not even one that breaks every rule', () => {
    const secrets = {
      DATABASE_URL: 'mysql://root:hunter2@db/orders',
      CART_SERVICE_URL: 'https://root:hunter2@cart',
      CART_SERVICE_KEY: 'hunter2 with spaces',
      ORDER_API_KEYS: 'hunter2,,',
      PAYMENT_WEBHOOK_SECRETS: 'whsec_hunter2',
      SANDBOX: 'on',
    };
    const lines = problemsOf(secrets);
    expect(lines).toHaveLength(5);
    expect(lines.join()).not.toContain('hunter2');
    expect(problemsOf({ PUBLIC_URL: 'ftp://shop' })[0]).toMatch(/^PUBLIC_URL="ftp:.* must be an http/);
    expect(lines.join()).toContain('CART_SERVICE_KEY=(hidden) must be visible ASCII');
  });

  it('gives each partner its URL without a trailing slash, its key, and its own timeout or the shared one', () => {
    const config = loadConfig({
      ...ALL_URLS,
      CART_SERVICE_URL: 'http://cart:8080/api/',
      CART_SERVICE_KEY: 'cart-key',
      CART_SERVICE_TIMEOUT_MS: '250',
      PARTNER_TIMEOUT_MS: '2000',
      PARTNER_CONCURRENCY: '4',
    });
    expect(config.partners.cart).toEqual({
      url: 'http://cart:8080/api',
      key: 'cart-key',
      timeoutMs: 250,
      concurrency: 4,
    });
    expect(config.partners.users).toEqual({
      url: 'https://user.example.com',
      key: null,
      timeoutMs: 2000,
      concurrency: 4,
    });
    expect(config.sandbox).toBeNull();
  });

  it('refuses a mix of set and unset partners, and names the unset ones', () => {
    const lines = problemsOf({ ...ALL_URLS, USER_SERVICE_URL: '', PAYMENT_SERVICE_URL: undefined });
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['USER_SERVICE_URL', 'PAYMENT_SERVICE_URL']);
    expect(lines[0]).toContain('(not set) is required as other partners are set');
  });

  it('lets the sandbox serve the unset partners when SANDBOX is on', () => {
    const config = loadConfig({ CART_SERVICE_URL: 'http://cart', SANDBOX: 'on', SANDBOX_PORT: '0' });
    expect(config.sandbox?.port).toBe(0);
    expect([config.partners.cart.url, config.partners.users.url]).toEqual(['http://cart', null]);
  });

  it('does not start the sandbox when every partner has a URL, even when SANDBOX is on', () => {
    expect(loadConfig({ ...ALL_URLS, SANDBOX: 'on' }).sandbox).toBeNull();
  });

  it.each([
    'shop:client',
    'shop:root:sha256:' + '1'.repeat(64),
    'shop:client:sha256:12',
    'a b:client:sha256:' + '1'.repeat(64),
    'plain',
    ...['2027-01-31', '2027-02-29T00:00:00Z', '2027-01-31T24:00:01Z', '2027-01-31T00:00:00', 'never', ''].map(
      (time) => `shop:client:sha256:${'1'.repeat(64)}:${time}`,
    ),
  ])('refuses %s as an access key without showing it', (text) => {
    expect(problemsOf({ ACCESS_KEYS: text })).toEqual([
      'ACCESS_KEYS=(hidden) must be <id>:<client, operator or admin>:sha256:<64 hexadecimal digits>, separated by commas; a time such as :2027-01-31T00:00:00Z at the end of one says when it expires',
    ]);
  });

  it('refuses a short secret for tokens, and a malformed path to redact', () => {
    expect(problemsOf({ ORDER_TOKEN_SECRETS: 'o'.repeat(31) })).toHaveLength(1);
    expect(problemsOf({ REDACT_KEYS: 'customer..email' })).toHaveLength(1);
    expect(loadConfig({ REDACT_KEYS: 'iban, customer.email' }).redactKeys).toEqual(['iban', 'customer.email']);
  });

  it('refuses a longest retry interval below the first interval, and raises the default to the first interval', () => {
    expect(problemsOf({ RETRY_FIRST_INTERVAL_MS: '200', RETRY_MAX_INTERVAL_MS: '100' })).toHaveLength(1);
    expect(problemsOf({ RETRY_MAX_INTERVAL_MS: '4999' })).toHaveLength(1);
    expect(loadConfig({ RETRY_FIRST_INTERVAL_MS: '7200000' }).retry.maxIntervalMs).toBe(7_200_000);
  });

  it('says in the development secret itself that it is for development only', () => {
    const text = Buffer.from(DEVELOPMENT_WEBHOOK_SECRET.replace('whsec_', ''), 'base64').toString();
    expect(text).toBe('development-only-do-not-use-in-production');
  });
});

describe('.env.example', () => {
  const example = parse(readFileSync(join(__dirname, '../../.env.example')));

  it('lists every key of the schema and no other', () => {
    expect(Object.keys(example).sort()).toEqual(Object.keys(envSchema.shape).sort());
  });

  it('sets every key to its default', () => {
    expect(loadConfig(example)).toEqual(loadConfig({}));
  });
});

import type { AppConfig, PartnerConfig, PartnerKey } from './app-config.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { envSchema, isSecret, PARTNER_PREFIXES, type Env } from './env-schema.js';
import { PRODUCTION_RULES } from './production-rules.js';

type Texts = Readonly<Record<string, string | undefined>>;

/**
 * Makes the configuration of the environment. An empty value counts as unset. Unknown keys are ignored.
 * @throws ConfigError that names every bad key.
 */
export function loadConfig(env: NodeJS.ProcessEnv): AppConfig {
  const texts = ownTexts(env);
  const parsed = envSchema.safeParse(texts);
  const problems = [...(parsed.success ? [] : badValues(parsed.error.issues, texts)), ...contradictions(texts)];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return toConfig(parsed.data);
}

function ownTexts(env: NodeJS.ProcessEnv): Texts {
  return Object.fromEntries(
    Object.keys(envSchema.shape).map((name) => [name, env[name] === '' ? undefined : env[name]]),
  );
}

function badValues(issues: readonly { readonly path: PropertyKey[]; readonly message: string }[], texts: Texts) {
  const byKey = new Map<string, ConfigProblem>();
  for (const { path, message } of issues) {
    const key = String(path[0]);
    if (!byKey.has(key)) byKey.set(key, { key, shown: shown(key, texts[key]), rule: message });
  }
  return byKey.values();
}

/**
 * Checks rules over several keys. It reads the raw texts, so its problems are reported together with those of bad values.
 */
function* contradictions(texts: Texts): Generator<ConfigProblem> {
  const production = texts['NODE_ENV'] === 'production';
  const problem = (key: string, rule: string): ConfigProblem => ({ key, shown: shown(key, texts[key]), rule });

  const urlKeys = Object.values(PARTNER_PREFIXES).map((prefix) => `${prefix}_SERVICE_URL`);
  const missing = urlKeys.filter((key) => texts[key] === undefined);
  const mixed = missing.length > 0 && missing.length < urlKeys.length && texts['SANDBOX'] !== 'on';
  for (const key of mixed && !production ? missing : []) {
    yield problem(
      key,
      'is required as other partners are set; leave all of them unset, or set SANDBOX=on to have the sandbox serve the rest',
    );
  }
  for (const { key, isBroken, rule } of production ? PRODUCTION_RULES : []) {
    if (isBroken(texts[key], texts)) yield problem(key, rule);
  }

  const firstIntervalMs = Number(
    texts['RETRY_FIRST_INTERVAL_MS'] ?? envSchema.shape.RETRY_FIRST_INTERVAL_MS.parse(undefined),
  );
  // A value that is not a number gives NaN, and every comparison with NaN is false. Its own rule reports it.
  if (Number(texts['RETRY_MAX_INTERVAL_MS']) < firstIntervalMs) {
    yield problem('RETRY_MAX_INTERVAL_MS', 'must not be less than RETRY_FIRST_INTERVAL_MS');
  }
}

function shown(key: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (isSecret(key, text)) return '(hidden)';
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

/** Decides whether the service makes traces. The exporter itself reads these and further keys of OpenTelemetry. */
function tracesOf(env: Env): AppConfig['operations']['traces'] {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT;
  return env.OTEL_SDK_DISABLED || endpoint === undefined ? null : { serviceName: env.OTEL_SERVICE_NAME };
}

function pushOf(env: Env): AppConfig['push'] {
  return {
    webhooks: {
      retryScheduleMs: env.WEBHOOK_RETRY_SCHEDULE_MS,
      timeoutMs: env.WEBHOOK_TIMEOUT_MS,
      concurrency: env.WEBHOOK_CONCURRENCY,
      secretOverlapMs: env.WEBHOOK_SECRET_OVERLAP_MS,
      disableAfterMs: env.WEBHOOK_DISABLE_AFTER_MS,
      retentionMs: env.WEBHOOK_RETENTION_MS,
      allowPrivate: env.WEBHOOK_ALLOW_PRIVATE,
      ports: env.WEBHOOK_PORTS,
      httpsOnly: env.NODE_ENV === 'production',
    },
    streams: { maxClients: env.STREAM_MAX_CLIENTS, heartbeatMs: env.STREAM_HEARTBEAT_MS },
  };
}

function databaseOf(env: Env): AppConfig['database'] {
  if (env.DATABASE_URL.type === 'sqlite') return env.DATABASE_URL;
  return {
    ...env.DATABASE_URL,
    directUrl: env.DATABASE_DIRECT_URL,
    poolSize: env.DATABASE_POOL_SIZE,
    statementTimeoutMs: env.DATABASE_STATEMENT_TIMEOUT_MS,
  };
}

function toConfig(env: Env): AppConfig {
  const partner = (key: PartnerKey): PartnerConfig => {
    const prefix = PARTNER_PREFIXES[key];
    return {
      url: env[`${prefix}_SERVICE_URL`] ?? null,
      key: env[`${prefix}_SERVICE_KEY`] ?? null,
      timeoutMs: env[`${prefix}_SERVICE_TIMEOUT_MS`] ?? env.PARTNER_TIMEOUT_MS,
      concurrency: env.PARTNER_CONCURRENCY,
    };
  };
  const partners: AppConfig['partners'] = {
    cart: partner('cart'),
    users: partner('users'),
    warehouse: partner('warehouse'),
    shipping: partner('shipping'),
    pricing: partner('pricing'),
    payment: partner('payment'),
    fulfilment: partner('fulfilment'),
  };
  const sandboxed = Object.values(partners).some(({ url }) => url === null);
  return {
    nodeEnv: env.NODE_ENV,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? null,
    database: databaseOf(env),
    partners,
    sandbox: sandboxed
      ? {
          host: env.SANDBOX_HOST,
          port: env.SANDBOX_PORT,
          databasePath: env.SANDBOX_DATABASE,
          latencyMs: env.SANDBOX_LATENCY_MS,
          autoPay: env.SANDBOX_AUTO_PAY,
        }
      : null,
    payment: {
      timeoutMs: env.PAYMENT_TIMEOUT_MS,
      webhookSecrets: env.PAYMENT_WEBHOOK_SECRETS,
      stripeWebhookSecrets: env.STRIPE_WEBHOOK_SECRETS,
      callbackGet: env.PAYMENT_CALLBACK_GET,
      webhookDays: env.PAYMENT_WEBHOOK_DAYS,
    },
    retry: {
      firstIntervalMs: env.RETRY_FIRST_INTERVAL_MS,
      maxAttempts: env.RETRY_MAX_ATTEMPTS,
      backoffCoefficient: env.RETRY_BACKOFF_COEFFICIENT,
      // A first interval may be longer than the default limit. It is the limit then.
      maxIntervalMs: Math.max(env.RETRY_MAX_INTERVAL_MS, env.RETRY_FIRST_INTERVAL_MS),
      overallTimeoutMs: env.RETRY_OVERALL_TIMEOUT_MS,
      jitter: env.RETRY_JITTER,
    },
    incidentTimeoutMs: env.INCIDENT_TIMEOUT_MS,
    push: pushOf(env),
    activityMaxDeliveries: env.ACTIVITY_MAX_DELIVERIES,
    shipPartially: env.SHIP_PARTIALLY,
    oneOrderPerCart: env.ONE_ORDER_PER_CART,
    maxKeptEvents: env.MAX_KEPT_EVENTS,
    retention: env.RETENTION_DAYS,
    idempotencyTtlMs: env.IDEMPOTENCY_TTL_MS,
    requireIfMatch: env.REQUIRE_IF_MATCH,
    apiKeys: env.ORDER_API_KEYS,
    accessKeys: env.ACCESS_KEYS,
    orderTokenSecrets: env.ORDER_TOKEN_SECRETS,
    orderTokenDays: env.ORDER_TOKEN_DAYS,
    rateLimits: {
      keys: env.RATE_LIMIT_KEYS,
      customers: env.RATE_LIMIT_CUSTOMERS,
      webhooks: env.RATE_LIMIT_WEBHOOKS,
      addresses: env.RATE_LIMIT_ADDRESSES,
    },
    trustedProxies: env.TRUST_PROXY,
    redactKeys: env.REDACT_KEYS,
    operations: {
      metricsKey: env.METRICS_KEY ?? null,
      readiness: {
        maxTimerLagMs: env.READY_MAX_TIMER_LAG_MS,
        maxBacklog: env.READY_MAX_BACKLOG,
        maxClockOffsetMs: env.READY_MAX_CLOCK_OFFSET_MS,
      },
      overload: {
        maxWaitMs: env.OVERLOAD_MAX_WAIT_MS,
        maxBytes: env.OVERLOAD_MAX_MB === undefined ? undefined : env.OVERLOAD_MAX_MB * 1_048_576,
      },
      readsBeforeCommit: env.READS_BEFORE_COMMIT,
      shutdown: { timeoutMs: env.SHUTDOWN_TIMEOUT_MS, delayMs: env.SHUTDOWN_DELAY_MS },
      gitCommit: env.GIT_COMMIT ?? null,
      traces: tracesOf(env),
    },
    logLevel: env.LOG_LEVEL,
  };
}

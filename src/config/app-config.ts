/** The whole configuration. `loadConfig` parses it once at start; `.env.example` lists every key. */
export interface AppConfig {
  readonly nodeEnv: 'development' | 'test' | 'production';
  readonly host: string;
  /** 0: the operating system chooses one. */
  readonly port: number;
  /**
   * Address at which partners and clients reach the service, without a trailing slash. Null: made of host and bound port.
   */
  readonly publicUrl: string | null;
  readonly database: DatabaseConfig;
  readonly partners: Readonly<Record<PartnerKey, PartnerConfig>>;
  /** Null: the sandbox partners do not start with the app. */
  readonly sandbox: SandboxConfig | null;
  readonly payment: {
    readonly timeoutMs: number;
    /** Standard Webhooks secrets (`whsec_…`). During a rotation there are several, and the service accepts each. */
    readonly webhookSecrets: readonly string[];
    /** Signing secrets of Stripe's endpoint. None: the service refuses every Stripe webhook. */
    readonly stripeWebhookSecrets: readonly string[];
    /** `compat`: a GET on a payment's callbacks pays or rejects, as in the first version of this service. */
    readonly callbackGet: 'refuse' | 'compat';
    /** The service keeps a received webhook for this many days; 0: for ever. */
    readonly webhookDays: number;
  };
  readonly retry: {
    readonly firstIntervalMs: number;
    readonly maxAttempts: number;
    readonly backoffCoefficient: number;
    readonly maxIntervalMs: number;
    readonly overallTimeoutMs: number;
    readonly jitter: number;
  };
  readonly incidentTimeoutMs: number;
  readonly push: PushConfig;
  /** One attempt of a partner call is handed to at most this many processes that die with it. */
  readonly activityMaxDeliveries: number;
  readonly shipPartially: boolean;
  /** True: a cart has at most one order that has not ended. */
  readonly oneOrderPerCart: boolean;
  /** An order keeps at most this many events that it cannot take yet. */
  readonly maxKeptEvents: number;
  /** The service keeps an ended order for this long, by its outcome; null: for ever. */
  readonly retention: {
    readonly byOutcomeMs: Readonly<Record<string, number>>;
    readonly othersMs: number | null;
  };
  /** The service keeps the answer to a request with an Idempotency-Key for this long. */
  readonly idempotencyTtlMs: number;
  /** True: an operator's command needs an If-Match header with the revision that it is meant for. */
  readonly requireIfMatch: boolean;
  /**
   * Plain function keys, for development only. Each may do everything. Without these and without access keys the service
   * asks for no key.
   */
  readonly apiKeys: readonly string[];
  /** Hashed function keys, each with its role. */
  readonly accessKeys: readonly AccessKeyConfig[];
  /** The first makes the tokens of orders. All of them check tokens. */
  readonly orderTokenSecrets: readonly string[];
  /** A token is accepted for so many days after it was made; 0: for ever. */
  readonly orderTokenDays: number;
  /** Requests a minute; 0 is no limit. */
  readonly rateLimits: {
    /** Of one key. */
    readonly keys: number;
    /** Of one order's token. */
    readonly customers: number;
    /** Of one sender of webhooks. */
    readonly webhooks: number;
    /** Of one address that shows neither key nor token. */
    readonly addresses: number;
  };
  /** Number of proxies before the service. Each adds the address of its sender to the request. */
  readonly trustedProxies: number;
  /** Names or dotted paths of fields that histories and views hide, besides secrets and personal data. */
  readonly redactKeys: readonly string[];
  readonly operations: OperationsConfig;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

interface OperationsConfig {
  /** A request for `/metrics` shows it as a bearer token. Null: the request shows an operator's key. */
  readonly metricsKey: string | null;
  /** Beyond one of these limits the service says that it is not ready. */
  readonly readiness: {
    readonly maxTimerLagMs: number;
    readonly maxBacklog: number;
    readonly maxClockOffsetMs: number;
  };
  /** Outside callers are refused beyond these. */
  readonly overload: {
    readonly maxWaitMs: number;
    /** Undefined: a quarter of the heap. */
    readonly maxBytes: number | undefined;
  };
  /** Calls that only read begin before the commit of the turn that asked for them. */
  readonly readsBeforeCommit: boolean;
  readonly shutdown: {
    /** Time for the whole shutdown after the delay. */
    readonly timeoutMs: number;
    /** After SIGTERM the service serves for this long, and says that it is not ready. */
    readonly delayMs: number;
  };
  readonly gitCommit: string | null;
  /** Null: the service makes no traces. */
  readonly traces: { readonly serviceName: string } | null;
}

/** Settings of streams and outbound webhooks. */
interface PushConfig {
  readonly webhooks: {
    /** Wait after each failed attempt. */
    readonly retryScheduleMs: readonly number[];
    readonly timeoutMs: number;
    /** Deliveries to one endpoint at the same time. */
    readonly concurrency: number;
    readonly secretOverlapMs: number;
    readonly disableAfterMs: number;
    readonly retentionMs: number;
    readonly allowPrivate: boolean;
    readonly httpsOnly: boolean;
    readonly ports: readonly number[];
  };
  readonly streams: { readonly maxClients: number; readonly heartbeatMs: number };
}

export type PartnerKey = 'cart' | 'users' | 'warehouse' | 'shipping' | 'pricing' | 'payment' | 'fulfilment';

interface AccessKeyConfig {
  /** Names the key's holder in the audit log. */
  readonly id: string;
  readonly role: 'client' | 'operator' | 'admin';
  /** Hexadecimal digits of the key's hash. */
  readonly sha256: string;
  /** Epoch milliseconds from which on it is refused; absent: never. */
  readonly expiresAt?: number | undefined;
}

export interface PartnerConfig {
  /** Base URL without a trailing slash. Null: the sandbox serves this partner. */
  readonly url: string | null;
  readonly key: string | null;
  readonly timeoutMs: number;
  /** Calls of this process at the same time. */
  readonly concurrency: number;
}

type DatabaseConfig =
  | { readonly type: 'sqlite'; readonly path: string }
  | {
      readonly type: 'postgres';
      readonly url: string;
      /** Address of the server itself where `url` leads to a pooler. */
      readonly directUrl: string | undefined;
      readonly poolSize: number;
      readonly statementTimeoutMs: number;
    };

interface SandboxConfig {
  readonly host: string;
  readonly port: number;
  readonly databasePath: string;
  readonly latencyMs: number;
  readonly autoPay: 'manual' | 'accept' | 'reject';
}

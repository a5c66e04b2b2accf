/** The whole configuration, parsed once at start from the environment; see `.env.example` for every key. */
export interface AppConfig {
  readonly nodeEnv: 'development' | 'test' | 'production';
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Where partners and clients reach us, without a trailing slash; null: made from host and the bound port. */
  readonly publicUrl: string | null;
  readonly database: DatabaseConfig;
  readonly partners: Readonly<Record<PartnerKey, PartnerConfig>>;
  /** Set when no partner URL is configured: the sandbox partners start with the app. */
  readonly sandbox: SandboxConfig | null;
  readonly payment: {
    readonly timeoutMs: number;
    /** Standard Webhooks secrets (`whsec_…`); several are accepted while one is being rotated. */
    readonly webhookSecrets: readonly string[];
    /** Signing secrets of Stripe's endpoint; none: what claims to be of Stripe is refused. */
    readonly stripeWebhookSecrets: readonly string[];
    /** `compat`: GET on a payment's callbacks pays or rejects, as the first version of this service did. */
    readonly callbackGet: 'refuse' | 'compat';
    /** How long received webhooks are kept; 0: for ever. */
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
  /** How often one try of a partner call may be handed to a process that then dies. */
  readonly activityMaxDeliveries: number;
  readonly shipPartially: boolean;
  /** A cart may have one order that has not ended, not two. */
  readonly oneOrderPerCart: boolean;
  /** Most events that an order keeps until it can take them. */
  readonly maxKeptEvents: number;
  /** How long orders that have ended are kept, by how they ended; null: for ever. */
  readonly retention: {
    readonly byOutcomeMs: Readonly<Record<string, number>>;
    readonly othersMs: number | null;
  };
  /** How long the answer of a request with an Idempotency-Key is kept. */
  readonly idempotencyTtlMs: number;
  /** Operators' commands must say by If-Match which revision they are meant for. */
  readonly requireIfMatch: boolean;
  /** Plain function keys, each of which may do everything (development only); with no access keys either, none is asked for. */
  readonly apiKeys: readonly string[];
  /** Hashed function keys with the role of each. */
  readonly accessKeys: readonly AccessKeyConfig[];
  /** Make (the first) and check (all) the tokens of orders. */
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
    /** Of one address that shows neither. */
    readonly addresses: number;
  };
  /** How many proxies stand before us and name the sender's address. */
  readonly trustedProxies: number;
  /** What histories and views hide besides secrets and personal data: names of keys, or dotted paths. */
  readonly redactKeys: readonly string[];
  readonly operations: OperationsConfig;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

interface OperationsConfig {
  /** Opens `/metrics` to who shows it as a bearer token; null: an operator's key does. */
  readonly metricsKey: string | null;
  /** More than this, and the service calls itself not ready. */
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
  readonly shutdown: {
    /** Of a shutdown as a whole, apart from the delay. */
    readonly timeoutMs: number;
    /** Goes on serving so long after it was told to end, but as not ready. */
    readonly delayMs: number;
  };
  readonly gitCommit: string | null;
  /** Null: none are made. */
  readonly traces: { readonly serviceName: string } | null;
}

/** What the outside is told without asking. */
interface PushConfig {
  readonly webhooks: {
    /** How long after each failed attempt the next one comes. */
    readonly retryScheduleMs: readonly number[];
    readonly timeoutMs: number;
    /** Deliveries to one endpoint at once. */
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
  /** Names the holder in audits. */
  readonly id: string;
  readonly role: 'client' | 'operator' | 'admin';
  /** Hexadecimal. */
  readonly sha256: string;
  /** Epoch milliseconds from which on it is refused; absent: never. */
  readonly expiresAt?: number | undefined;
}

export interface PartnerConfig {
  /** Base URL without a trailing slash; null while the sandbox serves this partner. */
  readonly url: string | null;
  readonly key: string | null;
  readonly timeoutMs: number;
  /** Calls at once, from this process. */
  readonly concurrency: number;
}

type DatabaseConfig =
  | { readonly type: 'sqlite'; readonly path: string }
  | {
      readonly type: 'postgres';
      readonly url: string;
      /** Of the server itself, when `url` leads through a pooler. */
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

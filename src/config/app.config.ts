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
  /** How often one try of a partner call may be handed to a process that then dies. */
  readonly activityMaxDeliveries: number;
  readonly shipPartially: boolean;
  /** Function keys; empty means not enforced (development only). */
  readonly apiKeys: readonly string[];
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

export type PartnerKey = 'cart' | 'users' | 'warehouse' | 'shipping' | 'pricing' | 'payment' | 'fulfilment';

export interface PartnerConfig {
  /** Base URL without a trailing slash; null while the sandbox serves this partner. */
  readonly url: string | null;
  readonly key: string | null;
  readonly timeoutMs: number;
  /** Calls at once, from this process. */
  readonly concurrency: number;
}

type DatabaseConfig =
  { readonly type: 'sqlite'; readonly path: string } | { readonly type: 'postgres'; readonly url: string };

interface SandboxConfig {
  readonly host: string;
  readonly port: number;
  readonly databasePath: string;
  readonly latencyMs: number;
  readonly autoPay: 'manual' | 'accept' | 'reject';
}

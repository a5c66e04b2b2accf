/** What the configuration decides. */
export interface PushOptions {
  /** `source` of every event: where we are reached. Asked at every use: the port may be known only once we listen. */
  source(): string;
  readonly webhooks: WebhookOptions;
  readonly streams: StreamOptions;
}

export interface WebhookOptions {
  /** How long after each failed attempt the next one comes; one attempt more than it is long. */
  readonly retryScheduleMs: readonly number[];
  /** For a whole attempt, connecting included. */
  readonly timeoutMs: number;
  /** Deliveries to one endpoint at once, from this process. */
  readonly concurrency: number;
  /** How long a secret that was rotated still signs beside the new one. */
  readonly secretOverlapMs: number;
  /** An endpoint at which nothing arrived for so long is disabled when a delivery to it is given up. */
  readonly disableAfterMs: number;
  /** How long deliveries are kept in the log. */
  readonly retentionMs: number;
  /** Addresses of private networks, and plain names of this machine, may be called. */
  readonly allowPrivate: boolean;
  readonly httpsOnly: boolean;
  /** Ports that may be called. Where private addresses may be, any port may. */
  readonly ports: readonly number[];
}

interface StreamOptions {
  /** Streams and long polls open at once, in this process. */
  readonly maxClients: number;
  /** A comment is sent so often, so that proxies keep a quiet stream open. */
  readonly heartbeatMs: number;
}

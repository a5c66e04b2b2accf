/** Settings of streams and outbound webhooks. */
export interface PushOptions {
  /** Returns the `source` of every event: the service's address. It may be unknown until the service listens. */
  source(): string;
  readonly webhooks: WebhookOptions;
  readonly streams: StreamOptions;
}

export interface WebhookOptions {
  /** Waits after failed attempts, in milliseconds. A delivery has one attempt more than this list has waits. */
  readonly retryScheduleMs: readonly number[];
  /** Time limit of one attempt, connecting included. */
  readonly timeoutMs: number;
  /** This process sends at most this many deliveries to one endpoint at once. */
  readonly concurrency: number;
  /** After a rotation the old secret also signs for this time. */
  readonly secretOverlapMs: number;
  /** A delivery's last failure disables the endpoint when no attempt has succeeded for this time. */
  readonly disableAfterMs: number;
  /** The log keeps a delivery for this time. */
  readonly retentionMs: number;
  /** True: webhooks may go to private networks and to this machine. */
  readonly allowPrivate: boolean;
  readonly httpsOnly: boolean;
  /** Ports to which webhooks may go. With `allowPrivate` they may go to any port. */
  readonly ports: readonly number[];
}

interface StreamOptions {
  /** This process has at most this many open streams and long polls. */
  readonly maxClients: number;
  /** Time between two comments on a quiet stream. They make proxies keep it open. */
  readonly heartbeatMs: number;
}

/** Where the partners read the time from. A test hands in its own, so that nothing has to be waited for. */
export interface SandboxClock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** `manual`: the customer decides on the hosted page; otherwise every payment is decided as soon as it was started. */
export type AutoPay = 'manual' | 'accept' | 'reject';

export interface SandboxOptions {
  /** File of the partners' own SQLite store; its directory is created. */
  readonly databasePath: string;
  readonly host: string;
  /** 0 lets the operating system choose; read the real one from `RunningSandbox.port`. */
  readonly port: number;
  /** Signs payment callbacks: `whsec_` and base64, as Standard Webhooks writes secrets. */
  readonly webhookSecret: string;
  /** When set, calls need `Authorization: Bearer <key>`; the customer's checkout page does not. */
  readonly apiKey?: string;
  /** Added to every partner call; default 0. */
  readonly latencyMs?: number;
  /** Default `manual`. A setting put by `PUT /payments/settings` wins and outlives a restart. */
  readonly autoPay?: AutoPay;
  /** Base of checkout URLs; default is the host the request was sent to. */
  readonly publicUrl?: string;
  /** Keep the framework's own start-up lines out of the log. */
  readonly silent?: boolean;
  readonly clock?: SandboxClock;
}

export interface RunningSandbox {
  readonly url: string;
  readonly port: number;
  /** Stops taking calls, lets those under way end, stops the callback sender, closes the store. Safe to call twice. */
  close(): Promise<void>;
}

export const SANDBOX_OPTIONS = Symbol('SANDBOX_OPTIONS');
export const SANDBOX_CLOCK = Symbol('SANDBOX_CLOCK');
export const systemClock: SandboxClock = { now: () => Date.now() };

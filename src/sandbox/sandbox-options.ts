/** The clock of the partners. A test passes its own clock instead of waiting. */
export interface SandboxClock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** `manual`: the customer decides on the checkout page. `accept` and `reject`: the provider decides at the start. */
export type AutoPay = 'manual' | 'accept' | 'reject';

export interface SandboxOptions {
  /** File of the partners' own SQLite store. A missing directory is created. */
  readonly databasePath: string;
  readonly host: string;
  /** 0 lets the operating system choose; `RunningSandbox.port` has the chosen one. */
  readonly port: number;
  /** Signs payment callbacks. Format of Standard Webhooks: `whsec_` and base64. */
  readonly webhookSecret: string;
  /** When set, calls need `Authorization: Bearer <key>`. The checkout page never needs it. */
  readonly apiKey?: string;
  /** Delay of every partner call; default 0. */
  readonly latencyMs?: number;
  /** Default `manual`. `PUT /payments/settings` overrides it, and the override survives a restart. */
  readonly autoPay?: AutoPay;
  /** Base of checkout URLs; default: the host of the request. */
  readonly publicUrl?: string;
  /** Keeps the framework's start-up lines out of the log. */
  readonly silent?: boolean;
  readonly clock?: SandboxClock;
}

export interface RunningSandbox {
  readonly url: string;
  readonly port: number;
  /** Refuses new calls, lets calls under way end, stops the callback sender and closes the store. Safe to call twice. */
  close(): Promise<void>;
}

export const SANDBOX_OPTIONS = Symbol('SANDBOX_OPTIONS');
export const SANDBOX_CLOCK = Symbol('SANDBOX_CLOCK');
export const systemClock: SandboxClock = { now: () => Date.now() };

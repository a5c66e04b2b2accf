/**
 * Verified payment webhooks, kept beside the orders they speak of and in the same database, so that an operator can see
 * what the provider said, also of orders nobody knows, and have it said again. All times are epoch milliseconds.
 */

/** Injects the {@link ReceivedWebhooks}; the store's module provides it. */
export const RECEIVED_WEBHOOKS = Symbol('RECEIVED_WEBHOOKS');

/**
 * What became of a webhook. `received`: nothing yet, it is under way or its process died. `accepted`: its order took it, or
 * keeps it until it can. `refused`: its order never will. `unknown_order`. `noted`: for a person, no order acts on it.
 * `ignored`: of a kind we have no use for. `invalid`: signed, but not what such a webhook looks like.
 */
export const WEBHOOK_DISPOSITIONS = [
  'received',
  'accepted',
  'refused',
  'unknown_order',
  'noted',
  'ignored',
  'invalid',
] as const;
export type WebhookDisposition = (typeof WEBHOOK_DISPOSITIONS)[number];

export const WEBHOOK_SOURCES = ['payments', 'stripe'] as const;
export type WebhookSource = (typeof WEBHOOK_SOURCES)[number];

/** A replay of a webhook: by whom, why, and its result. */
export interface WebhookReplay {
  readonly at: number;
  readonly by: string;
  readonly reason: string | null;
  readonly disposition: WebhookDisposition;
}

export interface ReceivedWebhook {
  /** `<source>:<event id>`. */
  readonly webhookId: string;
  readonly source: WebhookSource;
  /** The sender's, the same in every delivery. */
  readonly eventId: string;
  /** In the sender's words, e.g. `payment_intent.succeeded`. */
  readonly type: string;
  /** The order it names, whether there is one or not; null when it names none. */
  readonly orderId: string | null;
  /** JSON: the {@link PaymentReport} that was read off it; null when it holds none. */
  readonly report: string | null;
  /** JSON: the body, redacted. */
  readonly body: string;
  readonly disposition: WebhookDisposition;
  /** Stable code of why it was refused or is invalid. */
  readonly reason: string | null;
  /** Of the first delivery. */
  readonly receivedAt: number;
  readonly lastReceivedAt: number;
  readonly deliveries: number;
  readonly settledAt: number | null;
  /** Oldest first. */
  readonly replays: readonly WebhookReplay[];
}

/** A delivery, before anybody acted on it. */
export type NewWebhook = Omit<ReceivedWebhook, 'lastReceivedAt' | 'deliveries' | 'settledAt' | 'replays'>;

export interface WebhookOutcome {
  readonly webhookId: string;
  readonly disposition: WebhookDisposition;
  readonly reason: string | null;
  readonly settledAt: number;
  /** Set when an operator had it delivered. */
  readonly replay?: WebhookReplay;
}

/** Newest first by (receivedAt, webhookId). */
export interface WebhookPageRequest {
  readonly disposition?: readonly WebhookDisposition[] | undefined;
  readonly source?: WebhookSource | undefined;
  readonly orderId?: string | undefined;
  readonly limit: number;
  readonly before?: { readonly receivedAt: number; readonly webhookId: string } | undefined;
}

/** Every method may reject with StoreUnavailableError. */
export interface ReceivedWebhooks {
  /** Durable when it resolves. One that is known stays as it was, but for the count and the time of its deliveries. */
  keep(webhook: NewWebhook): Promise<void>;
  /** What was accepted stays accepted, whatever a slower delivery came to. */
  settle(outcome: WebhookOutcome): Promise<void>;
  find(webhookId: string): Promise<ReceivedWebhook | null>;
  list(request: WebhookPageRequest): Promise<ReceivedWebhook[]>;
  /** Forgets up to `limit` of those that were last received before. @returns how many. */
  forget(lastReceivedBefore: number, limit: number): Promise<number>;
}

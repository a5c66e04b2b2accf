/**
 * Stores verified payment webhooks in the database of the orders, also those of unknown orders. An operator sees what the
 * provider reported, and can replay it. All times are epoch milliseconds.
 */

/** Injects the {@link ReceivedWebhooks}. The store's module provides it. */
export const RECEIVED_WEBHOOKS = Symbol('RECEIVED_WEBHOOKS');

/**
 * - `received`: there is no result yet. The process works on it, or died.
 * - `accepted`: its order took it, or keeps it until it can.
 * - `refused`: its order has ended and will never take it.
 * - `unknown_order`: no order has the id that it names.
 * - `noted`: a person may have to act. No order acts on it.
 * - `ignored`: its type, or its content, means nothing to the service.
 * - `invalid`: its signature is valid, its body is not.
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

/** A replay of a webhook: who gave the command, why, and the result. */
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
  /** The sender's id of the event, the same in every delivery. */
  readonly eventId: string;
  /** The sender's name of the type, e.g. `payment_intent.succeeded`. */
  readonly type: string;
  /** Id of the order that it names, also of an unknown one; null: it names none. */
  readonly orderId: string | null;
  /** JSON text of its {@link PaymentReport}; null: it has none. */
  readonly report: string | null;
  /** JSON text of the redacted body. */
  readonly body: string;
  readonly disposition: WebhookDisposition;
  /** Stable code that explains the disposition; null: nothing to explain. */
  readonly reason: string | null;
  /** Time of the first delivery. */
  readonly receivedAt: number;
  readonly lastReceivedAt: number;
  readonly deliveries: number;
  readonly settledAt: number | null;
  /** Oldest first. */
  readonly replays: readonly WebhookReplay[];
}

/** A delivery before the service acts on it. */
export type NewWebhook = Omit<ReceivedWebhook, 'lastReceivedAt' | 'deliveries' | 'settledAt' | 'replays'>;

export interface WebhookOutcome {
  readonly webhookId: string;
  readonly disposition: WebhookDisposition;
  readonly reason: string | null;
  readonly settledAt: number;
  /** Present when the outcome is that of a replay. */
  readonly replay?: WebhookReplay;
}

/** Pages are ordered by (receivedAt, webhookId), newest first. */
export interface WebhookPageRequest {
  readonly disposition?: readonly WebhookDisposition[] | undefined;
  readonly source?: WebhookSource | undefined;
  readonly orderId?: string | undefined;
  readonly limit: number;
  readonly before?: { readonly receivedAt: number; readonly webhookId: string } | undefined;
}

/** Every method may reject with StoreUnavailableError. */
export interface ReceivedWebhooks {
  /** The webhook is durable when this resolves. Of a known one only the count and the time of its deliveries change. */
  keep(webhook: NewWebhook): Promise<void>;
  /** Stores the result. An accepted webhook stays accepted, whatever the result of a slower delivery is. */
  settle(outcome: WebhookOutcome): Promise<void>;
  find(webhookId: string): Promise<ReceivedWebhook | null>;
  list(request: WebhookPageRequest): Promise<ReceivedWebhook[]>;
  /** Removes at most `limit` webhooks whose last delivery is older. @returns how many. */
  forget(lastReceivedBefore: number, limit: number): Promise<number>;
}

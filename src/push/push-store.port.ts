/**
 * The store of outbound webhooks and streams. It shares the runtime's database, because one transaction takes a message out of
 * the outbox and inserts its deliveries. All times are epoch milliseconds.
 */
import type { ActorHead, OutboxRecord } from '../durable/index.js';

/** Why an endpoint is disabled: by a person, after a 410, or after days without a success. */
export type DisabledReason = 'by_hand' | 'gone' | 'failing';

export interface EndpointSecret {
  /** `whsec_…`, in clear: it is needed for signing. */
  readonly secret: string;
  readonly createdAt: number;
  /** It signs until then; null: until it is rotated. */
  readonly expiresAt: number | null;
}

export interface EndpointRecord {
  readonly endpointId: string;
  readonly url: string;
  /** The types it is told; empty: all. */
  readonly events: readonly string[];
  readonly description: string;
  /** Newest first. */
  readonly secrets: readonly EndpointSecret[];
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: number | null;
  /** Since when no attempt has succeeded; null when the last one did, or there was none. */
  readonly failingSince: number | null;
  /** 1 when registered, one more with every change by hand. */
  readonly revision: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** `pending`: to be sent, or being sent. `failed`: given up; it can be replayed. */
export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** One event for one endpoint. */
export interface DeliveryRecord {
  readonly deliveryId: string;
  readonly endpointId: string;
  /** The `webhook-id`; one delivery of an event for each endpoint. */
  readonly eventId: string;
  readonly eventType: string;
  /** The bytes that are sent and signed, in every attempt the same. */
  readonly body: string;
  readonly state: DeliveryState;
  /** Attempts since it was created. */
  readonly attempts: number;
  /** Attempts since it was created or replayed, which the schedule counts. */
  readonly tries: number;
  /** Not before this; while it is being sent, when another process would take it over. Null when settled. */
  readonly nextAttemptAt: number | null;
  readonly createdAt: number;
  readonly settledAt: number | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
}

export interface AttemptRecord {
  readonly deliveryId: string;
  /** From 1. A number that is missing was begun, and the process died before its result was known. */
  readonly attempt: number;
  readonly at: number;
  readonly durationMs: number;
  /** Of the answer; null when there was none. */
  readonly statusCode: number | null;
  /** Stable code of what went wrong; null when it was delivered. */
  readonly error: string | null;
}

export interface ClaimDeliveries {
  readonly endpointId: string;
  readonly now: number;
  readonly limit: number;
  /** Names this claim; only with it can the result be recorded. */
  readonly claim: string;
  /** From then on another process may take them over. */
  readonly leaseUntil: number;
}

/** What an attempt came to. */
export interface AttemptOutcome {
  readonly claim: string;
  readonly attempt: AttemptRecord;
  readonly endpointId: string;
  readonly state: DeliveryState;
  readonly nextAttemptAt: number | null;
  /** What it says of the endpoint; `unknown` when the attempt was cut off. */
  readonly health: 'well' | 'failing' | 'unknown';
}

/** Newest first by (createdAt, deliveryId). */
export interface DeliveryPageRequest {
  readonly endpointId: string;
  readonly state?: DeliveryState | undefined;
  readonly limit: number;
  readonly before?: { readonly createdAt: number; readonly deliveryId: string } | undefined;
}

/** Where a reader of changes got to. */
export interface ChangeMark {
  readonly updatedAt: number;
  readonly actorId: string;
}

/** Every method may reject with StoreUnavailableError. */
export interface PushStore {
  /** False when there are `atMost` already. */
  insertEndpoint(endpoint: EndpointRecord, atMost: number): Promise<boolean>;
  findEndpoint(endpointId: string): Promise<EndpointRecord | null>;
  /** Oldest first. */
  listEndpoints(): Promise<EndpointRecord[]>;
  /** Writes the record where it is still at the revision before its own; its health (`failingSince`) only when enabled anew. */
  updateEndpoint(endpoint: EndpointRecord): Promise<boolean>;
  /** With its deliveries. False when there is none. */
  deleteEndpoint(endpointId: string): Promise<boolean>;
  /** Whoever is first. False when it was disabled already. */
  disableEndpoint(endpointId: string, reason: DisabledReason, now: number): Promise<boolean>;

  /**
   * Takes up to `limit` messages out of the outbox, oldest first, and puts in what `fanOut` makes of them, in one
   * transaction; a delivery that is there already stays as it is. @returns how many messages were taken.
   */
  relay(
    limit: number,
    fanOut: (messages: readonly OutboxRecord[], enabled: readonly EndpointRecord[]) => readonly DeliveryRecord[],
  ): Promise<number>;
  /** Put in as it is; one that is there already stays. */
  insertDelivery(delivery: DeliveryRecord): Promise<void>;
  /** Enabled endpoints with a pending delivery that is due. */
  endpointsWithDue(now: number): Promise<EndpointRecord[]>;
  /** Hands out due deliveries, earliest first, each counted as an attempt; two claims never get the same one. */
  claimDeliveries(request: ClaimDeliveries): Promise<DeliveryRecord[]>;
  /** In one transaction the log, the delivery and the endpoint's health. False when the claim was lost: then nothing. */
  recordAttempt(outcome: AttemptOutcome): Promise<boolean>;
  /** When the next delivery of an enabled endpoint is due, or null. */
  nextDeliveryAt(): Promise<number | null>;
  findDelivery(endpointId: string, deliveryId: string): Promise<DeliveryRecord | null>;
  listDeliveries(request: DeliveryPageRequest): Promise<DeliveryRecord[]>;
  /** Oldest first. */
  attemptsOf(deliveryId: string): Promise<AttemptRecord[]>;
  /** Due at once, its schedule begun anew. Null when there is none, or it is being sent. */
  replayDelivery(endpointId: string, deliveryId: string, now: number): Promise<DeliveryRecord | null>;
  /** Forgets up to `limit` deliveries created before, with their attempts. @returns how many. */
  forgetDeliveries(createdBefore: number, limit: number): Promise<number>;

  /** Actors of a machine that changed after the mark, in the order of (updatedAt, actorId), each as it is now. */
  changedActors(machineId: string, after: ChangeMark, limit: number): Promise<ActorHead[]>;
}

/**
 * The store of outbound webhooks and streams. It shares the runtime's database, because one transaction takes a message out of
 * the outbox and inserts its deliveries. All times are epoch milliseconds.
 */
import type { ActorHead, OutboxRecord } from '../durable/index.js';

/** Reason why an endpoint is disabled: a person did it, the endpoint answered 410, or no attempt succeeded for days. */
export type DisabledReason = 'by_hand' | 'gone' | 'failing';

export interface EndpointSecret {
  /** `whsec_…`. It is stored in clear, because signing needs it. */
  readonly secret: string;
  readonly createdAt: number;
  /** The secret signs until this time; null: until a rotation. */
  readonly expiresAt: number | null;
}

export interface EndpointRecord {
  readonly endpointId: string;
  readonly url: string;
  /** Types of events that it subscribes to; empty: all. */
  readonly events: readonly string[];
  readonly description: string;
  /** Newest first. */
  readonly secrets: readonly EndpointSecret[];
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: number | null;
  /** No attempt has succeeded since this time. Null: the last attempt succeeded, or there was none. */
  readonly failingSince: number | null;
  /** 1 after registration. Each change by a person adds 1. */
  readonly revision: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** `pending`: waits for an attempt, or is being sent. `failed`: has no attempts left, but can be replayed. */
export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** One event for one endpoint. */
export interface DeliveryRecord {
  readonly deliveryId: string;
  readonly endpointId: string;
  /** The `webhook-id`. An event has one delivery for each endpoint. */
  readonly eventId: string;
  readonly eventType: string;
  /** The bytes that are signed and sent, the same in every attempt. */
  readonly body: string;
  readonly state: DeliveryState;
  /** Number of attempts since the delivery was created. */
  readonly attempts: number;
  /** Number of attempts since the delivery was created or last replayed. The schedule uses this number. */
  readonly tries: number;
  /** Earliest time of the next attempt. During an attempt: the time when its claim expires. Null when settled. */
  readonly nextAttemptAt: number | null;
  readonly createdAt: number;
  readonly settledAt: number | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
}

export interface AttemptRecord {
  readonly deliveryId: string;
  /** Counts from 1. A number is missing when the process died before it knew the attempt's result. */
  readonly attempt: number;
  readonly at: number;
  readonly durationMs: number;
  /** Status of the response; null without one. */
  readonly statusCode: number | null;
  /** Stable code of the failure; null after a success. */
  readonly error: string | null;
}

export interface ClaimDeliveries {
  readonly endpointId: string;
  readonly now: number;
  readonly limit: number;
  /** Id of this claim. Recording a result requires it. */
  readonly claim: string;
  /** After this time another process may claim the deliveries. */
  readonly leaseUntil: number;
}

/** Result of an attempt. */
export interface AttemptOutcome {
  readonly claim: string;
  readonly attempt: AttemptRecord;
  readonly endpointId: string;
  readonly state: DeliveryState;
  readonly nextAttemptAt: number | null;
  /** Effect on the endpoint's health; `unknown` when the attempt was aborted. */
  readonly health: 'well' | 'failing' | 'unknown';
}

/** Requests a page of deliveries, newest first by (createdAt, deliveryId). */
export interface DeliveryPageRequest {
  readonly endpointId: string;
  readonly state?: DeliveryState | undefined;
  readonly limit: number;
  readonly before?: { readonly createdAt: number; readonly deliveryId: string } | undefined;
}

/** The last change that a reader has seen. */
export interface ChangeMark {
  readonly updatedAt: number;
  readonly actorId: string;
}

/** Every method may reject with StoreUnavailableError. */
export interface PushStore {
  /** Returns false when `atMost` endpoints exist already. */
  insertEndpoint(endpoint: EndpointRecord, atMost: number): Promise<boolean>;
  findEndpoint(endpointId: string): Promise<EndpointRecord | null>;
  /** Oldest first. */
  listEndpoints(): Promise<EndpointRecord[]>;
  /**
   * Writes the record if the stored one is at the revision before its own. Writes the health (`failingSince`) only when
   * the endpoint becomes enabled.
   */
  updateEndpoint(endpoint: EndpointRecord): Promise<boolean>;
  /** Deletes the endpoint and its deliveries. Returns false when it does not exist. */
  deleteEndpoint(endpointId: string): Promise<boolean>;
  /** Disables the endpoint. Returns false when it is disabled already. */
  disableEndpoint(endpointId: string, reason: DisabledReason, now: number): Promise<boolean>;

  /**
   * In one transaction, takes up to `limit` messages out of the outbox, oldest first, and inserts the deliveries that
   * `fanOut` makes of them. A delivery that exists already stays unchanged. @returns the number of messages taken.
   */
  relay(
    limit: number,
    fanOut: (messages: readonly OutboxRecord[], enabled: readonly EndpointRecord[]) => readonly DeliveryRecord[],
  ): Promise<number>;
  /** Inserts the delivery. One that exists already stays unchanged. */
  insertDelivery(delivery: DeliveryRecord): Promise<void>;
  /** Returns the enabled endpoints that have a due delivery. */
  endpointsWithDue(now: number): Promise<EndpointRecord[]>;
  /** Claims due deliveries, earliest first, and counts an attempt for each. Two claims never get the same delivery. */
  claimDeliveries(request: ClaimDeliveries): Promise<DeliveryRecord[]>;
  /**
   * Writes the log, the delivery and the endpoint's health in one transaction. Returns false when the claim was lost,
   * and then writes nothing.
   */
  recordAttempt(outcome: AttemptOutcome): Promise<boolean>;
  /** Returns the time when the next delivery of an enabled endpoint is due, or null. */
  nextDeliveryAt(): Promise<number | null>;
  findDelivery(endpointId: string, deliveryId: string): Promise<DeliveryRecord | null>;
  listDeliveries(request: DeliveryPageRequest): Promise<DeliveryRecord[]>;
  /** Oldest first. */
  attemptsOf(deliveryId: string): Promise<AttemptRecord[]>;
  /** Makes the delivery due at once and restarts its schedule. Null when it does not exist or is being sent. */
  replayDelivery(endpointId: string, deliveryId: string, now: number): Promise<DeliveryRecord | null>;
  /** Deletes up to `limit` deliveries created before the time, with their attempts. @returns their number. */
  forgetDeliveries(createdBefore: number, limit: number): Promise<number>;

  /** Returns the current heads of actors of a machine that changed after the mark, ordered by (updatedAt, actorId). */
  changedActors(machineId: string, after: ChangeMark, limit: number): Promise<ActorHead[]>;
}

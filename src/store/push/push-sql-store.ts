/**
 * Implements the push store on the runtime's SQL database. One transaction takes messages from the outbox and inserts
 * their deliveries. A claim is a token and a lease in the delivery's row (`claim`, `next_attempt_at`). After a process
 * dies, its deliveries are due again when the lease expires.
 */
import type { ActorHead, OutboxRecord } from '../../durable/store.js';
import type {
  AttemptOutcome,
  AttemptRecord,
  ChangeMark,
  ClaimDeliveries,
  DeliveryPageRequest,
  DeliveryRecord,
  DisabledReason,
  EndpointRecord,
  PushStore,
} from '../../push/push-store.port.js';
import type { Row, SqlDatabase } from '../database/database.port.js';
import { actorHead } from '../durable/durable-rows.js';
import { integer, nullableInteger } from '../database/row-reader.js';
import {
  attemptRecord,
  deliveryRecord,
  deliveryRow,
  endpointRecord,
  endpointRow,
  outboxRecord,
} from './push-row-reader.js';
import * as sql from './push-statements.js';

export class PushSqlStore implements PushStore {
  constructor(private readonly database: SqlDatabase) {}

  insertEndpoint(endpoint: EndpointRecord, atMost: number): Promise<boolean> {
    return this.database.transaction(async (run) => {
      const [counted] = await run(sql.COUNT_ENDPOINTS, []);
      if (counted !== undefined && integer(counted, 'count') >= atMost) return false;
      await run(sql.INSERT_ENDPOINT, endpointRow(endpoint));
      return true;
    });
  }

  async findEndpoint(endpointId: string): Promise<EndpointRecord | null> {
    return firstOf(await this.database.read(sql.FIND_ENDPOINT, [endpointId]), endpointRecord);
  }

  async listEndpoints(): Promise<EndpointRecord[]> {
    return (await this.database.read(sql.LIST_ENDPOINTS, [])).map(endpointRecord);
  }

  async updateEndpoint(endpoint: EndpointRecord): Promise<boolean> {
    const { endpointId, url, description, revision, disabledReason, disabledAt, updatedAt } = endpoint;
    const [events, secrets] = [JSON.stringify(endpoint.events), JSON.stringify(endpoint.secrets)];
    const values = [url, events, description, secrets, disabledReason, disabledAt, revision, updatedAt];
    return this.#any(sql.UPDATE_ENDPOINT, [...values, endpointId, revision - 1]);
  }

  deleteEndpoint(endpointId: string): Promise<boolean> {
    return this.#any(sql.DELETE_ENDPOINT, [endpointId]);
  }

  disableEndpoint(endpointId: string, reason: DisabledReason, now: number): Promise<boolean> {
    return this.#any(sql.DISABLE_ENDPOINT, [reason, now, now, endpointId]);
  }

  relay(
    limit: number,
    fanOut: (messages: readonly OutboxRecord[], enabled: readonly EndpointRecord[]) => readonly DeliveryRecord[],
  ): Promise<number> {
    return this.database.transaction(async (run) => {
      const messages = (await run(sql.takeOutbox(this.#skipLocked), [limit])).map(outboxRecord).sort(byTime);
      if (messages.length === 0) return 0;
      const enabled = (await run(sql.ENABLED_ENDPOINTS, [])).map(endpointRecord);
      for (const delivery of fanOut(messages, enabled)) await run(sql.INSERT_DELIVERY, deliveryRow(delivery));
      return messages.length;
    });
  }

  async insertDelivery(delivery: DeliveryRecord): Promise<void> {
    await this.database.write(sql.INSERT_DELIVERY, deliveryRow(delivery));
  }

  async endpointsWithDue(now: number): Promise<EndpointRecord[]> {
    return (await this.database.read(sql.ENDPOINTS_WITH_DUE, [now])).map(endpointRecord);
  }

  async claimDeliveries({ endpointId, now, limit, claim, leaseUntil }: ClaimDeliveries): Promise<DeliveryRecord[]> {
    const parameters = [claim, leaseUntil, endpointId, now, limit];
    const rows = await this.database.write(sql.claimDeliveries(this.#skipLocked), parameters);
    return rows.map(deliveryRecord).sort((a, b) => a.createdAt - b.createdAt);
  }

  recordAttempt({ claim, attempt, endpointId, state, nextAttemptAt, health }: AttemptOutcome): Promise<boolean> {
    const { deliveryId, at, durationMs, statusCode, error } = attempt;
    const settledAt = state === 'pending' ? null : at + durationMs;
    return this.database.transaction(async (run) => {
      const values = [state, nextAttemptAt, settledAt, statusCode, error, deliveryId, claim];
      const settled = await run(sql.SETTLE_DELIVERY, values);
      if (settled.length === 0) return false;
      await run(sql.INSERT_ATTEMPT, [deliveryId, attempt.attempt, at, durationMs, statusCode, error]);
      if (health === 'well') await run(sql.NOTE_WELL, [endpointId]);
      if (health === 'failing') await run(sql.NOTE_FAILING, [at, endpointId]);
      return true;
    });
  }

  async nextDeliveryAt(): Promise<number | null> {
    const rows = await this.database.read(sql.NEXT_DELIVERY_AT, []);
    return firstOf(rows, (row) => nullableInteger(row, 'nextAttemptAt'));
  }

  async findDelivery(endpointId: string, deliveryId: string): Promise<DeliveryRecord | null> {
    return firstOf(await this.database.read(sql.FIND_DELIVERY, [endpointId, deliveryId]), deliveryRecord);
  }

  async listDeliveries({ endpointId, state, limit, before }: DeliveryPageRequest): Promise<DeliveryRecord[]> {
    const mark = before === undefined ? [] : [before.createdAt, before.deliveryId];
    const statement = sql.listDeliveries(state, before !== undefined);
    return (await this.database.read(statement, [endpointId, ...mark, limit])).map(deliveryRecord);
  }

  async attemptsOf(deliveryId: string): Promise<AttemptRecord[]> {
    return (await this.database.read(sql.ATTEMPTS_OF, [deliveryId])).map(attemptRecord);
  }

  async replayDelivery(endpointId: string, deliveryId: string, now: number): Promise<DeliveryRecord | null> {
    return firstOf(await this.database.write(sql.REPLAY_DELIVERY, [now, endpointId, deliveryId, now]), deliveryRecord);
  }

  async forgetDeliveries(createdBefore: number, limit: number): Promise<number> {
    return (await this.database.write(sql.FORGET_DELIVERIES, [createdBefore, limit])).length;
  }

  async changedActors(machineId: string, after: ChangeMark, limit: number): Promise<ActorHead[]> {
    const parameters = [machineId, after.updatedAt, after.actorId, limit];
    return (await this.database.read(sql.CHANGED_ACTORS, parameters)).map(actorHead);
  }

  get #skipLocked(): string {
    return this.database.statements.skipLocked;
  }

  async #any(statement: string, parameters: readonly (string | number | null)[]): Promise<boolean> {
    return (await this.database.write(statement, parameters)).length > 0;
  }
}

function firstOf<T>(rows: readonly Row[], read: (row: Row) => T): T | null {
  const [row] = rows;
  return row === undefined ? null : read(row);
}

/** Sorts the rows, because RETURNING has no order. */
function byTime(a: OutboxRecord, b: OutboxRecord): number {
  return a.at - b.at || a.revision - b.revision;
}

/** What requests with an idempotency key were answered, on a SQL database. */
import type {
  KeyClaimRequest,
  IdempotencyStore,
  StoredResponse,
  OwnedKey,
  KeyClaim,
} from '../../idempotency/idempotency-store.port.js';
import * as sql from './idempotency-statements.js';
import type { Row, SqlDatabase } from '../database/database.port.js';
import { integer, nullableInteger, text } from '../database/row-reader.js';

export class SqlIdempotencyStore implements IdempotencyStore {
  constructor(private readonly database: SqlDatabase) {}

  async claim(reservation: KeyClaimRequest): Promise<KeyClaim> {
    const { scope, key, fingerprint, ownerNode, now, expiresAt } = reservation;
    for (;;) {
      const reserved = await this.database.write(sql.RESERVE_ANSWER, [
        scope,
        key,
        fingerprint,
        ownerNode,
        now,
        expiresAt,
      ]);
      if (reserved[0] !== undefined) return { kind: 'reserved', reservedAt: integer(reserved[0], 'reservedAt') };
      const [known] = await this.database.read(sql.FIND_ANSWER, [scope, key]);
      // Given back or removed between the two statements: it is free now.
      if (known !== undefined) return readReservation(known, fingerprint);
    }
  }

  async keep(
    { scope, key, ownerNode }: OwnedKey,
    { status, headers, body }: StoredResponse,
    actorId: string | null,
  ): Promise<void> {
    await this.database.write(sql.KEEP_ANSWER, [status, headers, body, actorId, scope, key, ownerNode]);
  }

  async release({ scope, key, ownerNode }: OwnedKey): Promise<void> {
    await this.database.write(sql.RELEASE_ANSWER, [scope, key, ownerNode]);
  }

  async removeExpired(now: number, limit: number): Promise<number> {
    return (await this.database.write(sql.REMOVE_EXPIRED_ANSWERS, [now, limit])).length;
  }
}

function readReservation(row: Row, fingerprint: string): KeyClaim {
  if (text(row, 'fingerprint') !== fingerprint) return { kind: 'other_request' };
  const status = nullableInteger(row, 'status');
  if (status === null) return { kind: 'running' };
  return { kind: 'answered', answer: { status, headers: text(row, 'headers'), body: text(row, 'body') } };
}

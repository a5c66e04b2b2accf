/** Stores responses to requests with an idempotency key in a SQL database. */
import type {
  KeyClaimRequest,
  IdempotencyStore,
  StoredResponse,
  OwnedKey,
  KeyClaim,
  RequestKey,
} from '../../idempotency/idempotency-store.port.js';
import * as sql from './idempotency-statements.js';
import type { Row, SqlDatabase } from '../database/database.port.js';
import { KeyedWrites } from '../database/keyed-writes.js';
import { integer, nullableInteger, text } from '../database/row-reader.js';

export class SqlIdempotencyStore implements IdempotencyStore {
  readonly #writes: KeyedWrites;

  constructor(private readonly database: SqlDatabase) {
    this.#writes = new KeyedWrites(database);
  }

  async claim(reservation: KeyClaimRequest): Promise<KeyClaim> {
    const { scope, key, fingerprint, ownerNode, now, expiresAt } = reservation;
    for (;;) {
      const parameters = [scope, key, fingerprint, ownerNode, now, expiresAt];
      const reserved = await this.#writes.begin(nameOf(reservation), 0, (run) => run(sql.RESERVE_ANSWER, parameters));
      if (reserved[0] !== undefined) return { kind: 'reserved', reservedAt: integer(reserved[0], 'reservedAt') };
      const [known] = await this.database.read(sql.FIND_ANSWER, [scope, key]);
      // The key was released or removed between the two statements, so the loop tries again.
      if (known !== undefined) return readReservation(known, fingerprint);
    }
  }

  async keep(owned: OwnedKey, { status, headers, body }: StoredResponse, actorId: string | null): Promise<void> {
    const { scope, key, ownerNode } = owned;
    const parameters = [status, headers, body, actorId, scope, key, ownerNode];
    await this.#writes.write(nameOf(owned), headers.length + body.length, (run) => run(sql.KEEP_ANSWER, parameters));
  }

  async release(owned: OwnedKey): Promise<void> {
    const { scope, key, ownerNode } = owned;
    await this.#writes.write(nameOf(owned), 0, (run) => run(sql.RELEASE_ANSWER, [scope, key, ownerNode]));
  }

  async removeExpired(now: number, limit: number): Promise<number> {
    return (await this.database.write(sql.REMOVE_EXPIRED_ANSWERS, [now, limit])).length;
  }
}

const nameOf = ({ scope, key }: RequestKey): string => `${scope} ${key}`;

function readReservation(row: Row, fingerprint: string): KeyClaim {
  if (text(row, 'fingerprint') !== fingerprint) return { kind: 'other_request' };
  const status = nullableInteger(row, 'status');
  if (status === null) return { kind: 'running' };
  return { kind: 'answered', answer: { status, headers: text(row, 'headers'), body: text(row, 'body') } };
}

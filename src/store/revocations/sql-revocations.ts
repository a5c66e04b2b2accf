/** Stores revocations in a SQL database. Both dialects use the same statements. */
import type { Revocation, RevocationStore } from '../../http/revocations/revocation-store.port.js';
import type { Row, SqlDatabase } from '../database/database.port.js';
import { KeyedWrites } from '../database/keyed-writes.js';
import { integer, nullableText, text } from '../database/row-reader.js';

const FIELDS = `kind, subject, revoked_at AS "revokedAt", by_whom AS "by", reason`;

/** A repeated revocation, or one by a node with a slow clock, cannot make a revoked token valid again. */
const REVOKE = `INSERT INTO revocations (kind, subject, revoked_at, by_whom, reason) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (kind, subject) DO UPDATE
  SET revoked_at = excluded.revoked_at, by_whom = excluded.by_whom, reason = excluded.reason
  WHERE excluded.revoked_at >= revocations.revoked_at`;

const KEYS = `SELECT ${FIELDS} FROM revocations WHERE kind = 'key'`;

const REMOVE_ORPHANS = `DELETE FROM revocations WHERE kind = 'order' AND subject IN (
    SELECT r.subject FROM revocations r
    WHERE r.kind = 'order' AND NOT EXISTS (SELECT 1 FROM actors a WHERE a.actor_id = r.subject)
    ORDER BY r.subject LIMIT $1
  ) RETURNING subject`;

/** Most orders in one statement. */
const PAGE = 100;

export class SqlRevocations implements RevocationStore {
  readonly #writes: KeyedWrites;

  constructor(private readonly database: SqlDatabase) {
    this.#writes = new KeyedWrites(database);
  }

  async revoke({ kind, subject, revokedAt, by, reason }: Revocation): Promise<void> {
    await this.#writes.write(`${kind} ${subject}`, 0, (run) => run(REVOKE, [kind, subject, revokedAt, by, reason]));
  }

  async keys(): Promise<Revocation[]> {
    return (await this.database.read(KEYS, [])).map(revocationOf);
  }

  async ofOrders(orderIds: readonly string[]): Promise<Revocation[]> {
    const found: Revocation[] = [];
    for (let from = 0; from < orderIds.length; from += PAGE) {
      const page = orderIds.slice(from, from + PAGE);
      const places = page.map((_, at) => `$${at + 1}`).join(', ');
      const rows = await this.database.read(
        `SELECT ${FIELDS} FROM revocations WHERE kind = 'order' AND subject IN (${places})`,
        page,
      );
      found.push(...rows.map(revocationOf));
    }
    return found;
  }

  async removeOrphans(limit: number): Promise<number> {
    return (await this.database.write(REMOVE_ORPHANS, [limit])).length;
  }
}

function revocationOf(row: Row): Revocation {
  return {
    kind: text(row, 'kind') === 'key' ? 'key' : 'order',
    subject: text(row, 'subject'),
    revokedAt: integer(row, 'revokedAt'),
    by: text(row, 'by'),
    reason: nullableText(row, 'reason'),
  };
}

import sqlite3 from 'sqlite3';
import { HISTORY_ROWS } from './history-rows.js';

/**
 * What no order's rows may ever show, asked of the file itself with SQL of our own: neither the store nor the service is
 * believed. Each question selects the ids of the orders that are wrong.
 */
const QUESTIONS: Readonly<Record<string, string>> = {
  'history with a gap': `
SELECT actor_id AS id FROM history_rows GROUP BY actor_id HAVING min(seq) <> 1 OR max(seq) <> count(*)`,
  'history that does not end where the order does': `
SELECT a.actor_id AS id FROM actors a
WHERE a.history_seq <> (SELECT coalesce(max(h.seq), 0) FROM history_rows h WHERE h.actor_id = a.actor_id)`,
  'revisions with a gap': `
SELECT a.actor_id AS id FROM actors a
WHERE a.revision <> (SELECT count(DISTINCT h.revision) FROM history_rows h WHERE h.actor_id = a.actor_id)`,
  'a task of an order that has ended': `
SELECT DISTINCT t.actor_id AS id FROM tasks t JOIN actors a ON a.actor_id = t.actor_id WHERE a.runtime_status <> 'running'`,
  'an event kept by an order that has ended': `
SELECT DISTINCT e.actor_id AS id FROM events e JOIN actors a ON a.actor_id = e.actor_id
WHERE e.state = 'kept' AND a.runtime_status <> 'running'`,
  'an order that nothing will wake': `
SELECT a.actor_id AS id FROM actors a
WHERE a.runtime_status = 'running' AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.actor_id = a.actor_id)`,
};

/** Reads a store's file; nobody may be writing it. */
export class StoreAudit {
  private constructor(private readonly database: sqlite3.Database) {}

  /** The questions find the history in the table `history_rows`, which only this connection sees. */
  static async open(file: string): Promise<StoreAudit> {
    const audit = await new Promise<StoreAudit>((resolve, reject) => {
      const database = new sqlite3.Database(file, sqlite3.OPEN_READWRITE, (error) => {
        if (error === null) resolve(new StoreAudit(database));
        else reject(error);
      });
    });
    await audit.all(`CREATE TEMP TABLE history_rows AS ${HISTORY_ROWS}`);
    await audit.all('CREATE INDEX history_rows_of_actor ON history_rows (actor_id, seq)');
    return audit;
  }

  /** @returns what is wrong, one line each; empty when nothing is. */
  async violations(): Promise<string[]> {
    const answers = await Promise.all(
      Object.entries(QUESTIONS).map(async ([what, sql]) =>
        (await this.all<{ id: string }>(sql)).map(({ id }) => `${id}: ${what}`),
      ),
    );
    return answers.flat();
  }

  /** Deduplication keys of the events that were stored. */
  async eventKeys(): Promise<Set<string>> {
    const rows = await this.all<{ id: string; key: string }>('SELECT actor_id AS id, key FROM events');
    return new Set(rows.map(({ id, key }) => `${id} ${key}`));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.database.close(() => resolve());
    });
  }

  /** Rows as the question names them; the caller knows their shape. */
  all<T>(sql: string): Promise<T[]> {
    return new Promise((resolve, reject) => {
      this.database.all<T>(sql, (error, rows) => {
        if (error === null) resolve(rows);
        else reject(error);
      });
    });
  }
}

import type { EntityManager } from 'typeorm';
import type { StatementSet } from '../durable/statement-set.js';

/** One row as the driver gives it, by column alias. */
export type Row = Readonly<Record<string, unknown>>;

/** Parameters are written `$1…$n` in both dialects; SQLite counts them by first appearance, so they appear in order. */
export type SqlParameter = string | number | null;

export type RunStatement = (sql: string, parameters: readonly SqlParameter[]) => Promise<Row[]>;

/**
 * A database as the store sees it. All methods throw StoreUnavailableError when it cannot answer now.
 * Invariant 2: `transaction` commits everything its work ran, or nothing; two transactions never share a connection.
 */
export interface SqlDatabase {
  readonly statements: StatementSet;
  /** For lists; sees committed rows only. */
  readonly entities: EntityManager;
  /** One SELECT; sees committed rows only. */
  read: RunStatement;
  /** One writing statement, a transaction of its own. */
  write: RunStatement;
  transaction<T>(work: (run: RunStatement) => Promise<T>): Promise<T>;
}

import type { EntityManager } from 'typeorm';
import type { StatementSet } from '../durable/statement-set.js';
import type { SqlParameter } from './sql-parameter.js';

/** One row from the driver. Its keys are the column aliases. */
export type Row = Readonly<Record<string, unknown>>;

export type { SqlParameter } from './sql-parameter.js';

export type RunStatement = (sql: string, parameters: readonly SqlParameter[]) => Promise<Row[]>;

/**
 * The database interface that the store uses. All methods throw StoreUnavailableError while the database cannot answer.
 * Invariant 2: `transaction` commits all statements of its work, or none. Two transactions never share a connection.
 */
export interface SqlDatabase {
  readonly statements: StatementSet;
  /** TypeORM's entity manager, for lists. It sees committed rows only. */
  readonly entities: EntityManager;
  /** Runs one SELECT. It sees committed rows only. */
  read: RunStatement;
  /** Runs one writing statement in its own transaction. */
  write: RunStatement;
  transaction<T>(work: (run: RunStatement) => Promise<T>): Promise<T>;
}

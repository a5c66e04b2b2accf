import type { MigrationInterface } from 'typeorm';
import type { StoreConfig } from '../../../src/store/store-config.js';

type Migration = new () => MigrationInterface;

/** One row by the names of its columns. */
export type StoredRow = Readonly<Record<string, string | number | boolean | null>>;

/** A database of one kind, empty when it is made. */
export interface TestDatabase {
  readonly config: StoreConfig;
  /** The service's own migrations, in order. */
  readonly migrations: readonly Migration[];
  /** Runs any number of statements, without the store. */
  execute(sql: string): Promise<void>;
  /** Brings the schema up to date as the service does at its start, with these migrations in place of its own. */
  migrate(migrations: readonly Migration[]): Promise<void>;
  /** Names of the migrations that have run, in order. */
  migrated(): Promise<string[]>;
  /** Statements that make the schema as it is, the log of migrations with it. */
  schema(): Promise<string>;
  /** Rows of each table but the log of migrations, in the order of their keys; a table comes after those it refers to. */
  rows(): Promise<ReadonlyMap<string, readonly StoredRow[]>>;
}

/** Makes databases of one kind. */
export interface TestDatabases {
  create(): Promise<TestDatabase>;
  /** Removes them all. */
  close(): Promise<void>;
}

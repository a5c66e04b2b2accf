/**
 * Another process, or another store of this process, has the SQLite file open. A retry succeeds after that store
 * closes.
 */
export class DatabaseInUseError extends Error {
  override readonly name = 'DatabaseInUseError';
  readonly code = 'database_in_use';

  constructor(
    readonly path: string,
    options?: ErrorOptions,
  ) {
    super(
      `The database file ${path} is in use by another process. One process at a time may work on a SQLite file: ` +
        'stop the other one, choose another file, or use PostgreSQL to run several.',
      options,
    );
  }
}

/** A pooler between the service and the server refused or dropped the connection's limits. A retry does not help. */
export class PoolerError extends Error {
  override readonly name = 'PoolerError';
  readonly code = 'database_behind_pooler';

  constructor(options?: ErrorOptions) {
    super(
      'The database is reached through a pooler that does not pass on the limits of a connection (PgBouncer, for example). ' +
        'Set DATABASE_DIRECT_URL to the address of the server itself: changes of the schema go there, and the service then ' +
        'sets the limits in each transaction.',
      options,
    );
  }
}

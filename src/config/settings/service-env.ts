import { baseUrl, databaseUrl, host, integer, oneOf, postgresUrl } from '../env-rules.js';

export const serviceEnv = {
  NODE_ENV: oneOf(['development', 'test', 'production'])
    .prefault('development')
    .describe('`production` refuses to start with an insecure setting and names every setting to change.'),
  HOST: host().prefault('127.0.0.1').describe('Address the service listens on; `0.0.0.0` means every interface.'),
  PORT: integer(0, 65_535).prefault('3000').describe('TCP port the service listens on; 0 lets the system choose.'),
  PUBLIC_URL: baseUrl()
    .optional()
    .describe(
      'Address under which callers and partners reach the service, for example `https://orders.example.com`. Status links and payment callbacks begin with it. Unset: made from HOST and the port.',
    ),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .prefault('info')
    .describe('Least severe level that is logged.'),
  DATABASE_URL: databaseUrl()
    .prefault('sqlite:./data/orders.db')
    .describe(
      'Where orders are kept. `sqlite:<path>` is one file for one process. `postgres://user:password@host:5432/database` is a PostgreSQL database that must exist; the service creates its tables. Secret, because it may hold a password.',
    ),
  DATABASE_DIRECT_URL: postgresUrl()
    .optional()
    .describe(
      'Address of the PostgreSQL server itself, when DATABASE_URL leads through a pooler such as PgBouncer in transaction mode. Changes of the schema go there, and each transaction then sets its own limits. Without it, a pooler that does not pass on the limits of a connection is refused at the start. Secret.',
    ),
  DATABASE_POOL_SIZE: integer(3, 1_000, 'connections')
    .prefault('10')
    .describe('Most connections that this process opens to PostgreSQL.'),
  DATABASE_STATEMENT_TIMEOUT_MS: integer(100, 60_000, 'milliseconds')
    .prefault('5000')
    .describe(
      'Longest time that a statement on PostgreSQL may take, or wait for a lock. Changes of the schema have no limit.',
    ),
};

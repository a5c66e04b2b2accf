import { baseUrl, databaseUrl, host, integer, oneOf } from '../env-rules.js';

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
};

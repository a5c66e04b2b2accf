import { filePath, host, integer, oneOf } from '../env-rules.js';

export const sandboxEnv = {
  SANDBOX: oneOf(['auto', 'on'])
    .prefault('auto')
    .describe(
      '`auto`: the sandbox starts when no partner URL is set. `on`: it also serves the partners without a URL while others have one.',
    ),
  SANDBOX_HOST: host().prefault('127.0.0.1').describe('Address the sandbox listens on.'),
  SANDBOX_PORT: integer(0, 65_535)
    .prefault('3001')
    .describe('TCP port the sandbox listens on; 0 lets the system choose.'),
  SANDBOX_DATABASE: filePath().prefault('./data/sandbox.db').describe("SQLite file of the sandbox's own database."),
  SANDBOX_LATENCY_MS: integer(0, 60_000, 'milliseconds')
    .prefault('300')
    .describe("How long each of its responses takes: long enough to watch an order's statuses pass."),
  SANDBOX_AUTO_PAY: oneOf(['manual', 'accept', 'reject'])
    .prefault('manual')
    .describe(
      '`manual`: a person decides on the checkout page. `accept` and `reject`: the provider decides by itself.',
    ),
};

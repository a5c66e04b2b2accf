import 'reflect-metadata';
import { config as readDotEnv } from 'dotenv';
import { ConfigError } from './config/config-error.js';
import { loadConfig } from './config/config-loader.js';
import { EMBEDDED_SANDBOX } from './sandbox/embedded-sandbox.module.js';
import type { RunningSandbox } from './sandbox/sandbox-options.js';
import { startService } from './service.js';
import { endOnSignals } from './shutdown.js';

/** Errors of the store that a person mends outside of the code. */
const EXPECTED = new Set(['DatabaseInUseError', 'PoolerError']);

async function main(): Promise<void> {
  // What reads them may go away; see log-destination.ts.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
  readDotEnv({ quiet: true });
  const config = loadConfig(process.env);
  const service = await startService(config);
  endOnSignals(service);
  const sandbox = service.app.get<RunningSandbox | null>(EMBEDDED_SANDBOX);
  console.log(`Orders:   ${service.url}`);
  console.log(`API docs: ${service.url}/docs`);
  if (sandbox !== null) console.log(`Partners: ${sandbox.url}`);
}

main().catch((error: unknown) => {
  // A wrong setting is the reader's to mend, not ours: no stack.
  const expected = error instanceof ConfigError || (error instanceof Error && EXPECTED.has(error.name));
  console.error(expected ? error.message : error);
  process.exit(1);
});

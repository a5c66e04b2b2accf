import 'reflect-metadata';
import { config as readDotEnv } from 'dotenv';
import { ConfigError } from './config/config.error.js';
import { loadConfig } from './config/config.loader.js';
import { startService } from './service.js';

async function main(): Promise<void> {
  readDotEnv({ quiet: true });
  const config = loadConfig(process.env);
  const service = await startService(config);
  service.app.enableShutdownHooks();
  console.log(`Orders: ${service.url}   API: ${service.url}/docs`);
}

main().catch((error: unknown) => {
  // A wrong setting is the reader's to mend, not ours: no stack.
  const expected = error instanceof ConfigError || (error instanceof Error && error.name === 'DatabaseInUseError');
  console.error(expected ? error.message : error);
  process.exit(1);
});

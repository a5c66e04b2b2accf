import 'reflect-metadata';
import { DEVELOPMENT_WEBHOOK_SECRET } from '../config/webhook-secret-development.js';
import { readSandboxEnvironment } from './sandbox-environment.js';
import { createSandbox } from './sandbox-factory.js';

/** Runs the partner services in a process of their own: `npm run sandbox`. */
async function main(): Promise<void> {
  const sandbox = await createSandbox(
    // The default secret is the one that a development order service expects.
    readSandboxEnvironment({
      ...process.env,
      SANDBOX_WEBHOOK_SECRET: process.env['SANDBOX_WEBHOOK_SECRET'] || DEVELOPMENT_WEBHOOK_SECRET, // unset or empty
    }),
  );
  console.log(`Partner sandbox: ${sandbox.url}`);
  const stop = () => {
    sandbox.close().catch(fail);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(error: unknown): void {
  console.error(`The sandbox cannot run: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

main().catch(fail);

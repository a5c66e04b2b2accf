import 'reflect-metadata';
import { readSandboxEnvironment } from './sandbox.environment.js';
import { createSandbox } from './sandbox.factory.js';

/** The partner services by themselves: `npm run sandbox`. */
async function main(): Promise<void> {
  const sandbox = await createSandbox(readSandboxEnvironment(process.env));
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

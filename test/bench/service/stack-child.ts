/** The whole service, or the partners' sandbox, in a process of its own; see stack-bench.ts. */
import 'reflect-metadata';
import { loadConfig } from '../../../src/config/config-loader.js';
import { readSandboxEnvironment } from '../../../src/sandbox/sandbox-environment.js';
import { createSandbox } from '../../../src/sandbox/sandbox-factory.js';
import { startService } from '../../../src/service.js';
import type { ProcessEvent } from './measured-process.js';

const tell = (event: ProcessEvent): void => void process.send?.(event);

async function serve(what: string | undefined): Promise<void> {
  const { url } =
    what === 'sandbox'
      ? await createSandbox(readSandboxEnvironment(process.env))
      : await startService(loadConfig(process.env));
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    tell({ cpuMicros: user + system });
  });
  tell({ url });
}

process.on('disconnect', () => process.exit(1));
serve(process.argv[2]).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

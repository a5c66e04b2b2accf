import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { quietly } from './framework-log.js';
import { SandboxModule } from './sandbox.module.js';
import type { RunningSandbox, SandboxOptions } from './sandbox-options.js';
import { openDataSource } from './store/sandbox-data-source.js';

/** At close, calls under way have this time to end. Then their connections are cut. */
const DRAIN_MS = 2_000;

/**
 * Starts the partner services and resolves when they listen. One process may run several, each with its own database file.
 * Throws when the port is taken, the database cannot be opened, or the webhook secret is not base64.
 */
export async function createSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const dataSource = await openDataSource(options.databasePath);
  const start = () => listen(options, dataSource);
  try {
    const app = await (options.silent === true ? quietly(start) : start());
    return running(app, options.host);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  }
}

async function listen(options: SandboxOptions, dataSource: DataSource): Promise<NestExpressApplication> {
  const throwing: Pick<NestApplicationOptions, 'abortOnError'> = { abortOnError: false };
  const app = await NestFactory.create<NestExpressApplication>(SandboxModule.forRoot(options, dataSource), throwing);
  app.useBodyParser('json', { limit: '1mb' });
  app.disable('x-powered-by');
  try {
    await app.listen(options.port, options.host);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

function running(app: NestExpressApplication, host: string): RunningSandbox {
  const server: Server = app.getHttpServer();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox does not listen on a port');
  const { port } = address;
  let closed: Promise<void> | undefined;
  return { url: `http://${nameOf(host)}:${port}`, port, close: () => (closed ??= close(app, server)) };
}

/** Closes connections as they become idle, because an idle keep-alive connection would hold the server open. */
async function close(app: NestExpressApplication, server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const drained = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(drained);
  }
}

/** Replaces a wildcard, which nobody can call, and puts IPv6 into brackets. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

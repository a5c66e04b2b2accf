import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppAddress } from './app.address.js';
import { AppModule } from './app.module.js';
import type { AppConfig } from './config/app.config.js';
import type { CrashPoints } from './durable/crash-point.js';
import { DurableRuntime } from './durable/runtime.js';
import { configureHttp } from './http/http.setup.js';

export interface RunningService {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly app: NestExpressApplication;
  /** Takes no new work, lets what runs finish for a while, hands the rest back, lets go of the database. */
  close(): Promise<void>;
}

/**
 * Starts the whole service: listens first, then takes up what an earlier process left, because partners may call back
 * as soon as the first activity runs.
 */
export async function startService(config: AppConfig, crashPoints?: CrashPoints): Promise<RunningService> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config, crashPoints), {
    rawBody: true,
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  try {
    app.useLogger(app.get(Logger));
    configureHttp(app);
    await app.listen(config.port, config.host);
    const url = urlOf(config.host, (app.getHttpServer().address() as AddressInfo).port); // a TCP server has a port
    app.get(AppAddress).listensAt(url);
    await app.get(DurableRuntime).start();
    if (config.apiKeys.length === 0) {
      app
        .get(Logger)
        .warn('ORDER_API_KEYS is not set: anybody who reaches this service may create and command orders.');
    }
    return { url, app, close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestApplicationOptions } from '@nestjs/common';
import { AppAddress } from './app-address.js';
import { AppModule } from './app.module.js';
import type { AppConfig } from './config/app-config.js';
import { type CrashPoints, DurableRuntime } from './durable/index.js';
import { FrameworkLogger, openLog } from './logging.module.js';
import { configureHttp } from './http/http-setup.js';
import { OutboxRelay } from './push/delivery/outbox-relay.js';
import { Shutdown, type ShutdownEnd } from './shutdown.js';
import { LogContext } from './telemetry/logs/log-context.js';
import { LogObserver } from './telemetry/logs/log-observer.js';
import { LogDestination } from './telemetry/logs/log-destination.js';
import { Telemetry } from './telemetry/telemetry.js';

export interface RunningService {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly app: NestExpressApplication;
  /** Takes no new work, lets what runs finish for a while, hands the rest back, lets go of the database; see Shutdown. */
  close(): Promise<ShutdownEnd>;
}

/**
 * Starts the whole service: listens first, then takes up what an earlier process left, because partners may call back
 * as soon as the first activity runs.
 */
export async function startService(config: AppConfig, crashPoints?: CrashPoints): Promise<RunningService> {
  const context = new LogContext();
  const output = new LogDestination();
  const log = openLog(config, context, output);
  const options: Pick<NestApplicationOptions, 'logger' | 'bodyParser' | 'abortOnError'> = {
    logger: new FrameworkLogger(log),
    bodyParser: false, // configureHttp brings its own
    abortOnError: false,
  };
  const shutdown = new Shutdown(config.operations.shutdown, log);
  const telemetry = await Telemetry.open({
    ...config.operations,
    logger: log,
    observer: new LogObserver(log, context),
    droppedLines: () => output.dropped,
  });
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot({ config, log, context, crashPoints, telemetry, shutdown }),
    options,
  );
  try {
    app.use(shutdown.middleware);
    telemetry.install(app);
    configureHttp(app);
    await app.listen(config.port, config.host);
    const url = urlOf(config.host, (app.getHttpServer().address() as AddressInfo).port); // a TCP server has a port
    app.get(AppAddress).listensAt(url);
    await app.get(DurableRuntime).start();
    app.get(OutboxRelay).start();
    if (config.apiKeys.length + config.accessKeys.length === 0) {
      log.warn(
        'Neither ACCESS_KEYS nor ORDER_API_KEYS is set: anybody who reaches this service may create and command orders.',
      );
    }
    return { url, app, close: () => shutdown.run(app) };
  } catch (error) {
    await app.close();
    throw error;
  }
}

function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

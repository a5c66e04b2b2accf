/**
 * Ends the service within a bound and loses nothing: what is acknowledged is durable, and what was begun and not finished is
 * taken up by the next start.
 *
 * In this order: not ready any more, but serving for a while (load balancers turn away); no new work, what runs may finish,
 * the rest is handed back; requests in flight are answered, streams are cut; connections and database are closed.
 */
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { DurableRuntime } from './durable/index.js';

/** `forced`: something did not end in time; the process may exit all the same. */
export type ShutdownEnd = 'clean' | 'forced';

export interface ShutdownSettings {
  /** Of everything after the delay. */
  readonly timeoutMs: number;
  readonly delayMs: number;
}

/** Shares of the time: for what runs to finish, twice (activities, then writing), and for requests until they are cut off. */
const GRACE = 0.3;
const CUT_OFF = 0.8;

export class Shutdown {
  private end: Promise<ShutdownEnd> | null = null;

  constructor(
    private readonly settings: ShutdownSettings,
    private readonly log: Logger,
  ) {}

  /** True from the first call of {@link run}. */
  get begun(): boolean {
    return this.end !== null;
  }

  /** Has callers close their connections, so that none is kept open without a request. */
  readonly middleware = (_request: Request, response: Response, next: NextFunction): void => {
    if (this.begun) response.set('Connection', 'close');
    next();
  };

  /** Ends the service; further calls get the same end. */
  run(app: NestExpressApplication): Promise<ShutdownEnd> {
    this.end ??= this.endWithin(app);
    return this.end;
  }

  private async endWithin(app: NestExpressApplication): Promise<ShutdownEnd> {
    const { timeoutMs, delayMs } = this.settings;
    await pause(delayMs).over;
    const cutOff = pause(timeoutMs * CUT_OFF);
    const late = pause(timeoutMs);
    const server: Server = app.getHttpServer();
    void cutOff.over.then(() => server.closeAllConnections());
    const ended = this.endInOrder(app).then((): ShutdownEnd => 'clean');
    const end = await Promise.race([ended, late.over.then((): ShutdownEnd => 'forced')]);
    cutOff.cancel();
    late.cancel();
    if (end === 'forced')
      this.log.error({ timeoutMs }, 'the shutdown took too long; the next start takes up what is left');
    return end;
  }

  private async endInOrder(app: NestExpressApplication): Promise<void> {
    try {
      await app.get(DurableRuntime).stop(this.settings.timeoutMs * GRACE);
    } finally {
      await app.close();
    }
  }
}

interface Pause {
  readonly over: Promise<void>;
  cancel(): void;
}

/** Cancelled, it is never over. */
function pause(ms: number): Pause {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    if (ms === 0) resolve();
    else timer = setTimeout(resolve, ms);
  });
  return { over, cancel: () => clearTimeout(timer) };
}

/** Ends the process when it is told to: with 0, or with 1 when that took too long; at once when it is told again. */
export function endOnSignals(service: { close(): Promise<ShutdownEnd> }): void {
  let told = false;
  const end = (): void => {
    if (told) process.exit(1);
    told = true;
    service.close().then(
      (how) => process.exit(how === 'clean' ? 0 : 1),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

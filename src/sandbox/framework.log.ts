import { ConsoleLogger, Logger } from '@nestjs/common';
import type { LoggerService } from '@nestjs/common';

/** Nest keeps ONE logger for the whole process, in a static member; only a subclass may read it. */
class ProcessLogger extends Logger {
  static current(): LoggerService | undefined {
    return Logger.staticInstanceRef;
  }
}

const QUIET: LoggerService = { log: () => undefined, error: () => undefined, warn: () => undefined };

/**
 * Runs `start` without the framework's start-up lines, and gives the process its logger back:
 * the option `logger: false` of `NestFactory` would silence every other app of the process for good.
 */
export async function quietly<T>(start: () => Promise<T>): Promise<T> {
  const before = ProcessLogger.current();
  Logger.overrideLogger(QUIET);
  try {
    return await start();
  } finally {
    Logger.overrideLogger(before ?? new ConsoleLogger());
  }
}

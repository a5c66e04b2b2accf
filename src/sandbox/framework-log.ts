import { ConsoleLogger, Logger } from '@nestjs/common';
import type { LoggerService } from '@nestjs/common';

/** Nest keeps one logger for the whole process in a static member. Only a subclass may read it. */
class ProcessLogger extends Logger {
  static current(): LoggerService | undefined {
    return Logger.staticInstanceRef;
  }
}

/** Drops every line while sandboxes start, and keeps the logger that it replaced. */
class QuietLogger implements LoggerService {
  starting = 0;

  constructor(readonly replaced: LoggerService | undefined) {}

  log(): void {
    return;
  }

  warn(): void {
    return;
  }

  error(): void {
    return;
  }
}

/**
 * Runs `start` without the framework's start-up lines. Restores the process's logger when the last parallel start ends.
 * The option `logger: false` of `NestFactory` is no way out: it silences every other app of the process for good.
 */
export async function quietly<T>(start: () => Promise<T>): Promise<T> {
  const current = ProcessLogger.current();
  const quiet = current instanceof QuietLogger ? current : new QuietLogger(current);
  if (quiet !== current) Logger.overrideLogger(quiet);
  quiet.starting += 1;
  try {
    return await start();
  } finally {
    quiet.starting -= 1;
    if (quiet.starting === 0 && ProcessLogger.current() === quiet) {
      Logger.overrideLogger(quiet.replaced ?? new ConsoleLogger());
    }
  }
}

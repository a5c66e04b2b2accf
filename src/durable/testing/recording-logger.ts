import { type DurableLogger, silentLogger } from '../model/logger.port.js';

export interface LogLine {
  readonly level: keyof DurableLogger;
  readonly fields: object;
  readonly message: string;
}

/** Keeps every line, oldest first, and passes it on. */
export class RecordingLogger implements DurableLogger {
  readonly lines: LogLine[] = [];

  constructor(private readonly next: DurableLogger = silentLogger) {}

  /** The lines of one level, oldest first. */
  of(level: keyof DurableLogger): readonly LogLine[] {
    return this.lines.filter((line) => line.level === level);
  }

  debug(fields: object, message: string): void {
    this.write({ level: 'debug', fields, message });
  }

  info(fields: object, message: string): void {
    this.write({ level: 'info', fields, message });
  }

  warn(fields: object, message: string): void {
    this.write({ level: 'warn', fields, message });
  }

  error(fields: object, message: string): void {
    this.write({ level: 'error', fields, message });
  }

  private write(line: LogLine): void {
    this.lines.push(line);
    this.next[line.level](line.fields, line.message);
  }
}

/**
 * Where the log's lines go: the standard output. A log that cannot be written harms nothing but itself: lines are dropped
 * and counted while a disk is full, when the reader of a pipe has gone, and when one that reads too slowly has let
 * `MOST_WAITING_BYTES` pile up.
 */
import { fstatSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';

const MOST_WAITING_BYTES = 4 * 1024 * 1024;

/** As much of a stream of the process as is used here. */
type Output = Pick<NodeJS.WriteStream, 'write' | 'writableLength' | 'destroyed' | 'on'> & { readonly fd: number };

export class LogDestination {
  /** Lines that were not written. */
  dropped = 0;
  private readonly isFile: boolean;

  constructor(private readonly output: Output = process.stdout) {
    this.isFile = isRegularFile(output.fd);
    output.on('error', () => undefined);
  }

  write(line: string): void {
    if (!this.isWritten(line)) this.dropped += 1;
  }

  /** For a formatter that wants a stream. */
  asStream(): Writable {
    return new Writable({
      decodeStrings: false,
      write: (chunk: string | Buffer, _encoding, done) => {
        this.write(chunk.toString());
        done();
      },
    });
  }

  private isWritten(line: string): boolean {
    // A stream on a file is destroyed by its first error, and would never write again.
    if (this.isFile) return isWrittenTo(this.output.fd, line);
    if (this.output.destroyed || this.output.writableLength > MOST_WAITING_BYTES) return false;
    this.output.write(line, (error) => {
      if (error != null) this.dropped += 1;
    });
    return true;
  }
}

function isWrittenTo(fd: number, line: string): boolean {
  try {
    writeSync(fd, line);
    return true;
  } catch {
    return false;
  }
}

function isRegularFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

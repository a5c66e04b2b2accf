/**
 * Writes log lines to the standard output. A failing log harms nothing else.
 *
 * It drops and counts lines while the disk is full, after the reader of a pipe has gone, and while a slow reader leaves more
 * than `MOST_WAITING_BYTES` unread.
 */
import { fstatSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';

const MOST_WAITING_BYTES = 4 * 1024 * 1024;

/** The members of the output stream that this class uses. */
type Output = Pick<NodeJS.WriteStream, 'write' | 'writableLength' | 'destroyed' | 'on'> & { readonly fd: number };

export class LogDestination {
  /** Number of lines that were not written. */
  dropped = 0;
  private readonly isFile: boolean;

  constructor(private readonly output: Output = process.stdout) {
    this.isFile = isRegularFile(output.fd);
    output.on('error', () => undefined);
  }

  write(line: string): void {
    if (!this.isWritten(line)) this.dropped += 1;
  }

  /** Adapts the destination for a formatter that needs a stream. */
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
    // The first error destroys a stream on a file for good, so files are written without a stream.
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

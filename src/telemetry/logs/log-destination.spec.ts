import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { LogDestination } from './log-destination.js';

/** A stream in place of the standard output. No file has the descriptor -1. */
const outputOf = (stream: PassThrough) =>
  Object.assign(stream, { fd: -1 }) as unknown as NodeJS.WriteStream & { fd: number };

describe('The destination of the log', () => {
  it('writes lines to a pipe, and drops and counts them once its reader has gone', () => {
    const pipe = new PassThrough();
    const log = new LogDestination(outputOf(pipe));
    log.write('one\n');
    expect(String(pipe.read())).toBe('one\n');
    pipe.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    log.write('two\n');
    log.write('three\n');
    expect(log.dropped).toBe(2);
  });

  it('drops and counts lines while more than 4 MB are unread, and writes again once the reader reads', () => {
    const pipe = new PassThrough();
    const log = new LogDestination(outputOf(pipe));
    const line = 'x'.repeat(64 * 1024);
    for (let n = 0; n < 200; n++) log.write(line);
    expect(pipe.writableLength).toBeLessThan(5 * 1024 * 1024);
    expect(log.dropped).toBeGreaterThan(100);
    const { dropped } = log;
    pipe.resume();
    return new Promise<void>((resolve) => {
      pipe.once('drain', () => {
        log.write('again\n');
        expect(log.dropped).toBe(dropped);
        resolve();
      });
    });
  });

  it('writes to a file, and drops and counts lines while that fails', () => {
    const folder = mkdtempSync(join(tmpdir(), 'log-destination-'));
    const path = join(folder, 'log');
    const fd = openSync(path, 'a');
    const log = new LogDestination(
      Object.assign(new PassThrough(), { fd }) as unknown as NodeJS.WriteStream & { fd: number },
    );
    log.write('one\n');
    closeSync(fd);
    log.write('two\n');
    expect(log.dropped).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe('one\n');
    rmSync(folder, { recursive: true });
  });
});

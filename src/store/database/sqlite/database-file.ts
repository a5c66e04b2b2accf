/**
 * Checks that the database's file and its write-ahead log are still in place on the disk. SQLite keeps writing to files
 * that were removed, renamed or replaced, and those writes are lost at a restart. A commit counts only while both are
 * in place.
 *
 * Only the service's own user can read the two files, because they hold customers' data. SQLite gives its other files
 * the mode of the database.
 */
import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { StoreUnavailableError } from '../../../durable/store.js';

const OWNER_ONLY = 0o600;

/** Creates an empty file when none exists. */
export function restrictToOwner(path: string): void {
  closeSync(openSync(path, 'a', OWNER_ONLY));
  chmodSync(path, OWNER_ONLY);
}

export class DatabaseFile {
  readonly #database: string;
  /** Null until the first write creates it. */
  #log: string | null = null;

  /** @param path of the open database. */
  constructor(private readonly path: string) {
    const identity = identityOf(path);
    if (identity === null) throw removed(path);
    this.#database = identity;
  }

  /** @throws StoreUnavailableError when a file was removed, renamed or replaced. */
  assertInPlace(): void {
    const database = identityOf(this.path);
    if (database !== this.#database) throw removed(this.path);
    const path = `${this.path}-wal`;
    const log = identityOf(path);
    this.#log ??= log;
    if (log !== this.#log) throw removed(path);
  }

  /** A new connection may have made a new log. */
  forgetLog(): void {
    this.#log = null;
  }
}

function identityOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}

function removed(path: string): StoreUnavailableError {
  return new StoreUnavailableError(
    `the database file ${path} was removed or replaced while it was open: put it back and restart the service`,
  );
}

/**
 * Lets one process at a time use a SQLite file. The store holds an exclusive lock on a tiny SQLite file beside it until
 * it closes. The kernel releases the lock when the process ends, even by kill -9, so a crash needs no cleaning up. The
 * lock's file stays. SQLite keeps one list of locks per process, so a second store of the same process is refused as
 * well.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import sqlite3 from 'sqlite3';
import { DatabaseInUseError } from '../database-in-use-error.js';
import { driverCode } from '../store-failure.js';
import { restrictToOwner } from './database-file.js';

export interface FileLock {
  release(): Promise<void>;
}

/**
 * Takes the lock `<path>-lock`, and creates its folder. @throws DatabaseInUseError at once when another store holds it.
 */
export async function lockFile(path: string): Promise<FileLock> {
  await mkdir(dirname(path), { recursive: true });
  restrictToOwner(`${path}-lock`);
  const database = await open(`${path}-lock`);
  const release = () =>
    new Promise<void>((resolve, reject) => {
      database.close((error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  try {
    await new Promise<void>((resolve, reject) => {
      database.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE', (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  } catch (error) {
    await release();
    const code = driverCode(error);
    throw code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED' ? new DatabaseInUseError(path, { cause: error }) : error;
  }
  return { release };
}

function open(path: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, (error) => {
      if (error === null) resolve(database);
      else reject(error);
    });
  });
}

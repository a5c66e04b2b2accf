// What a SQLite file holds, wherever its pages are: in the file or in its write-ahead log.
import { existsSync } from 'node:fs';
import sqlite3 from 'sqlite3';

const IN_USE = 'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size';

/** @returns null when there is no such file. */
export async function bytesInUse(file) {
  if (!existsSync(file)) return null;
  const database = new sqlite3.Database(file, sqlite3.OPEN_READONLY);
  const row = await new Promise((resolve, reject) => {
    database.get(IN_USE, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
  await new Promise((resolve) => database.close(resolve));
  return row.bytes;
}

import sqlite3 from 'sqlite3';

/** A SQLite file without the store: for what the store has no words for. */
export class SqliteFile {
  private constructor(private readonly database: sqlite3.Database) {}

  /** Creates it if it is not there. */
  static open(path: string): Promise<SqliteFile> {
    return new Promise((resolve, reject) => {
      const database = new sqlite3.Database(path, (error) => {
        if (error === null) resolve(new SqliteFile(database));
        else reject(error);
      });
    });
  }

  /** Runs any number of statements. */
  execute(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.database.exec(sql, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }

  /** Rows as the statement names them; the caller knows their shape. */
  all<T>(sql: string): Promise<T[]> {
    return new Promise((resolve, reject) => {
      this.database.all<T>(sql, (error, rows) => {
        if (error === null) resolve(rows);
        else reject(error);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.database.close((error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }
}

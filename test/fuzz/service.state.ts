import { Database, OPEN_READONLY } from 'sqlite3';

/** Everything requests may change, of a service's database, read beside it. */
export class ServiceState {
  private constructor(private readonly database: Database) {}

  static open(file: string): Promise<ServiceState> {
    return new Promise((resolve, reject) => {
      const database = new Database(file, OPEN_READONLY, (error) => {
        if (error === null) resolve(new ServiceState(database));
        else reject(error);
      });
    });
  }

  /** Equal when nothing was written that a request could have written. */
  async digest(): Promise<string> {
    const rows = await Promise.all([
      this.all('SELECT actor_id, revision, history_seq, runtime_status FROM actors ORDER BY actor_id'),
      this.all('SELECT count(*) AS history FROM history'),
      this.all('SELECT count(*) AS events FROM events'),
      this.all('SELECT incident_id, resolved_at FROM incidents ORDER BY incident_id'),
      this.all('SELECT count(*) AS received FROM received_webhooks'),
      this.all('SELECT endpoint_id, url, events, description, secrets FROM webhook_endpoints ORDER BY 1'),
    ]);
    return JSON.stringify(rows);
  }

  /** Whether no activity is running or to be run. */
  async isQuiet(): Promise<boolean> {
    const [row] = await this.all<{ running: number }>("SELECT count(*) AS running FROM tasks WHERE kind = 'activity'");
    return row?.running === 0;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.database.close(() => resolve()));
  }

  private all<T>(sql: string): Promise<T[]> {
    return new Promise((resolve, reject) => {
      this.database.all<T>(sql, (error, rows) => {
        if (error === null) resolve(rows);
        else reject(error);
      });
    });
  }
}

import { createHash } from 'node:crypto';
import { Database, OPEN_READONLY } from 'sqlite3';
import { HISTORY_ROWS } from '../support/history-rows.js';

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

  /**
   * Equal when nothing was changed that a request can change. That an order was asked for something it does not take any
   * more is on record, and is no change of it.
   */
  async digest(): Promise<string> {
    const rows = await Promise.all([
      this.all('SELECT actor_id, runtime_status, status, outcome, snapshot FROM actors ORDER BY actor_id'),
      this.all(`SELECT count(*) AS history FROM (${HISTORY_ROWS}) WHERE type <> 'event.refused'`),
      this.all("SELECT count(*) AS events FROM events WHERE state <> 'refused'"),
      this.all("SELECT incident_id, resolved_at FROM incidents WHERE kind <> 'event_untakeable' ORDER BY incident_id"),
      this.all('SELECT task_id, actor_id, due_at FROM tasks ORDER BY actor_id, task_id'),
      this.all('SELECT count(*) AS received FROM received_webhooks'),
      this.all('SELECT endpoint_id, url, events, description, secrets FROM webhook_endpoints ORDER BY 1'),
    ]);
    return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
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

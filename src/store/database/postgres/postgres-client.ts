/**
 * A connection of the pool. It hears each of its errors for its whole life: one that nobody hears would end the process,
 * and between a checkout and a listener of its user there are ticks in which one may come.
 *
 * A statement that is not answered in time stays under way on its connection. The connection is destroyed then, and the pool
 * opens another.
 */
import { Client, type ClientConfig } from 'pg';

/** What pg says when `query_timeout` has passed. */
const LATE = 'Query read timeout';

export class PostgresClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    const ask = this.query.bind(this) as (...request: unknown[]) => unknown; // of many overloads
    const query = (...request: unknown[]): unknown => {
      const answer = ask(...request);
      if (answer instanceof Promise) answer.catch((error: unknown) => this.#destroyWhenLate(error));
      return answer;
    };
    Object.assign(this, { query });
  }

  #destroyWhenLate(error: unknown): void {
    if (!(error instanceof Error) || error.message !== LATE) return;
    // A client has this connection, which the types leave out. Ending it politely would wait for the server.
    (this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }
}

/**
 * A connection of the pool. It always has a listener for errors, because an error without a listener ends the process.
 * An error may also come between the checkout of a connection and the first listener of its user.
 *
 * A statement without an answer in time keeps running on its connection. The client then destroys the connection, and
 * the pool opens another one.
 */
import { Client, type ClientConfig } from 'pg';

/** Message of pg's error after `query_timeout`. */
const LATE = 'Query read timeout';

export class PostgresClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    const ask = this.query.bind(this) as (...request: unknown[]) => unknown; // the method has many overloads
    const query = (...request: unknown[]): unknown => {
      const answer = ask(...request);
      if (answer instanceof Promise) answer.catch((error: unknown) => this.#destroyWhenLate(error));
      return answer;
    };
    Object.assign(this, { query });
  }

  #destroyWhenLate(error: unknown): void {
    if (!(error instanceof Error) || error.message !== LATE) return;
    // pg's types omit the field `connection`. `client.end()` would wait for the server.
    (this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }
}

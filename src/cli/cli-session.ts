import { createOrdersClient, type OrdersClient } from '../api/orders-client.js';
import { EXIT, exitCodeOf, type ExitCode } from './exit-code.js';
import { table } from './text-table.js';
import { visibleWithin } from './visible-text.js';

/** The parts of the process that the command line uses. */
export interface CliWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

export interface GlobalOptions {
  readonly url: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** Ends the command with a message for people and an exit code for scripts. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
  ) {
    super(message);
  }
}

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** One run of the command line. It sends requests and prints their answers. */
export class CliSession {
  readonly client: OrdersClient;
  readonly asJson: boolean;

  constructor(
    readonly options: GlobalOptions,
    private readonly world: CliWorld,
  ) {
    const { url, key, json } = options;
    this.client = createOrdersClient({ url: url.replace(/\/+$/, ''), key, fetch: world.fetch });
    this.asJson = json ?? false;
  }

  /** @returns the answer's body. @throws CliError when the status is not 2xx or the service does not answer. */
  async ask<T>(request: Promise<Answer<T>>): Promise<T> {
    const { data, error, response } = await this.reach(request);
    if (!response.ok) throw new CliError(describeProblem(response, error), exitCodeOf(response.status));
    return data as T; // the OpenAPI document defines the body of a 2xx
  }

  /** @throws CliError when the service does not answer. */
  async reach<T>(request: Promise<T>): Promise<T> {
    try {
      return this.shown(await request);
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new CliError(`${this.options.url} does not answer: ${why}`, EXIT.unavailable);
    }
  }

  /** With `--json` the data stays unescaped for programs. Errors are always escaped, because people read them. */
  private shown<T>(answer: T): T {
    const isAnswer = typeof answer === 'object' && answer !== null && 'response' in answer;
    if (!isAnswer) return answer;
    const { data, error } = answer as Answer<unknown>;
    return { ...answer, data: this.asJson ? data : visibleWithin(data), error: visibleWithin(error) }; // same shape
  }

  /** Prints the answer as JSON with `--json`, else as text for people. */
  show<T>(answer: T, asText: (answer: T) => string): void {
    this.print(this.asJson ? JSON.stringify(answer) : asText(answer));
  }

  showRows(answer: unknown, rows: readonly Readonly<Record<string, string>>[], none: string): void {
    this.show(answer, () => (rows.length === 0 ? none : table(rows)));
  }

  print(text: string): void {
    this.world.stdout(`${text}\n`);
  }
}

/** Writes a problem (RFC 9457) as `order_not_found: There is no such order.`, with one line per invalid field. */
function describeProblem(response: Response, body: unknown): string {
  if (typeof body !== 'object' || body === null || !('code' in body)) {
    return `The service answered ${response.status} ${response.statusText}`.trimEnd();
  }
  const { code, detail, title, errors } = body as {
    readonly code: string;
    readonly detail?: string;
    readonly title?: string;
    readonly errors?: readonly { readonly message: string }[];
  }; // a body with a code is a problem
  const fields = (errors ?? []).map(({ message }) => `\n  ${message}`).join('');
  return `${code}: ${detail ?? title ?? response.statusText}${fields}`;
}

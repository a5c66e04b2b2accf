import { createOrdersClient, type OrdersClient } from '../api/orders-client.js';
import { EXIT, exitCodeOf, type ExitCode } from './exit-code.js';
import { table } from './text-table.js';
import { visibleWithin } from './visible-text.js';

/** What the command line touches of the process it runs in. */
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

/** Ends the command with a message for a person and a code for a script. */
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

/** One run of the command line: a client, and how its answers are shown. */
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

  /** @returns the answer's body. @throws CliError for anything but a 2xx. */
  async ask<T>(request: Promise<Answer<T>>): Promise<T> {
    const { data, error, response } = await this.reach(request);
    if (!response.ok) throw new CliError(describeProblem(response, error), exitCodeOf(response.status));
    return data as T; // a 2xx has the body the document promises
  }

  /** @throws CliError when nobody answers. */
  async reach<T>(request: Promise<T>): Promise<T> {
    try {
      return this.shown(await request);
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new CliError(`${this.options.url} does not answer: ${why}`, EXIT.unavailable);
    }
  }

  /** JSON for a program stays as it was said; a problem is always for a person. */
  private shown<T>(answer: T): T {
    const isAnswer = typeof answer === 'object' && answer !== null && 'response' in answer;
    if (!isAnswer) return answer;
    const { data, error } = answer as Answer<unknown>;
    return { ...answer, data: this.asJson ? data : visibleWithin(data), error: visibleWithin(error) }; // of the same shape
  }

  /** Prints the answer as it is with --json, else as text for a person. */
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

/** A problem (RFC 9457) as a person reads it: `order_not_found: There is no such order.` and each field's error. */
function describeProblem(response: Response, body: unknown): string {
  if (typeof body !== 'object' || body === null || !('code' in body)) {
    return `The service answered ${response.status} ${response.statusText}`.trimEnd();
  }
  const { code, detail, title, errors } = body as {
    readonly code: string;
    readonly detail?: string;
    readonly title?: string;
    readonly errors?: readonly { readonly message: string }[];
  }; // what has a code is a problem
  const fields = (errors ?? []).map(({ message }) => `\n  ${message}`).join('');
  return `${code}: ${detail ?? title ?? response.statusText}${fields}`;
}

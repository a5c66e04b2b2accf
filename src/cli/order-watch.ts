import { setTimeout as delay } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { components } from '../api/api-schema.js';
import { CliError, type CliSession } from './cli-session.js';
import { EXIT, exitCodeOf } from './exit-code.js';

export type HistoryEntry = components['schemas']['OrderHistoryEntryDto'];

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** Longer than a restart of the service takes, a database that comes back included. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Tells every entry of an order's history as it is written, until the order has ended. A service that is away is waited
 * for, and what it wrote meanwhile is told then.
 * @throws CliError when it stays away, or there is no such order.
 */
export async function watchOrder(
  session: CliSession,
  id: string,
  onEntry: (entry: HistoryEntry) => void,
): Promise<void> {
  let after = 0;
  let awaySince: number | null = null;
  let pauseMs = FIRST_PAUSE_MS;
  const tell = (entry: HistoryEntry): void => {
    after = entry.seq;
    awaySince = null;
    pauseMs = FIRST_PAUSE_MS;
    onEntry(entry);
  };
  for (;;) {
    const end = await follow(session, id, after, tell);
    if (end === 'ended') return;
    awaySince ??= Date.now();
    if (Date.now() - awaySince > PATIENCE_MS) throw end;
    await delay(pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

/** @returns `ended`, or why the stream broke off. @throws CliError when asking again cannot help. */
async function follow(
  session: CliSession,
  id: string,
  after: number,
  tell: (entry: HistoryEntry) => void,
): Promise<'ended' | CliError> {
  const { client } = session;
  const request = client.GET('/order/{id}/stream', { params: { path: { id }, query: { after } }, parseAs: 'stream' });
  try {
    const body = await session.ask<ReadableStream<Uint8Array> | null>(request);
    const messages = body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    for await (const { event, data } of messages ?? []) {
      if (event === 'end') return 'ended';
      tell(JSON.parse(data) as HistoryEntry); // as the stream is described
    }
    return new CliError('The stream broke off.', EXIT.unavailable);
  } catch (error) {
    if (!(error instanceof CliError)) return new CliError(String(error), EXIT.unavailable);
    if (error.exitCode !== exitCodeOf(503)) throw error;
    return error;
  }
}

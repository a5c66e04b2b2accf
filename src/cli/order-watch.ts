import { setTimeout as delay } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { components } from '../api/api-schema.js';
import { CliError, type CliSession } from './cli-session.js';
import { EXIT, exitCodeOf } from './exit-code.js';

export type HistoryEntry = components['schemas']['OrderHistoryEntryDto'];

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** Longer than a restart of the service and its database takes. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Passes every new entry of an order's history to `onEntry`, until the order has ended. When the service does not
 * answer, it tries again for `PATIENCE_MS`. It then continues after the last entry, so that none is missing.
 * @throws CliError when the service does not answer for `PATIENCE_MS`, or when the order does not exist.
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

/** @returns `ended`, or the error that broke the stream. @throws CliError when another try cannot succeed. */
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
      tell(JSON.parse(data) as HistoryEntry); // the OpenAPI document defines the entries
    }
    return new CliError('The stream broke off.', EXIT.unavailable);
  } catch (error) {
    if (!(error instanceof CliError)) return new CliError(String(error), EXIT.unavailable);
    if (error.exitCode !== exitCodeOf(503)) throw error;
    return error;
  }
}

/**
 * Tells a page when to look again: at once by a server-sent stream, or at intervals where there is no stream. The page
 * always reads what it shows from the API, so a lost or repeated message does no harm.
 */
import { access, ApiError, headersWith } from './api.mjs';

const POLL_MS = 1_000;
/** A stream that is silent for this long counts as dead. The server sends comments more often. */
const SILENCE_MS = 45_000;
const WAIT_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * @param look asks the API and draws. It never runs twice at once. After each run there is a pause of `pauseMs`.
 * @param onState gets `connecting`, `live` (by the stream), `polling`, `away` (no answer, another try follows),
 * `refused`, or `ended` (the stream has no more messages).
 * @returns {{ stop: () => void, look: () => void }}
 */
export function follow({ stream, look, onState, pauseMs = 150 }) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let wanted = false;
  let looking = false;

  async function lookNow() {
    wanted = true;
    if (looking) return;
    looking = true;
    while (wanted && !signal.aborted) {
      wanted = false;
      try {
        await look();
        answered = true;
      } catch (error) {
        answered = !(error instanceof ApiError && (error.status === 0 || error.status >= 500));
        if (!answered) onState('away');
        else if (error instanceof ApiError && error.status !== 401) onState('refused', error);
        else if (!(error instanceof ApiError)) console.error(error);
      }
      await pause(pauseMs, signal);
    }
    looking = false;
  }
  let answered = false;

  async function run() {
    let failures = 0;
    let streams = stream !== null;
    const seen = { lastId: null };
    onState('connecting');
    while (!signal.aborted) {
      if (document.hidden) await shown(signal);
      if (streams) {
        const result = await listen(stream, seen, signal, {
          onOpen: () => {
            failures = 0;
            onState('live');
            void lookNow();
          },
          onMessage: () => void lookNow(),
        });
        if (result === 'ended') {
          onState('ended');
          return;
        }
        if (result === 'none') streams = false;
        if (result === 'locked') {
          void lookNow();
          await keyGiven(signal);
        }
        if (result === 'closed' && !signal.aborted) {
          onState('away');
          await pause(WAIT_MS[Math.min(failures, WAIT_MS.length - 1)], signal);
          failures += 1;
        }
        continue;
      }
      await lookNow();
      if (answered) onState('polling');
      await pause(POLL_MS, signal);
    }
  }
  void run();
  return { stop: () => stopping.abort(), look: () => void lookNow() };
}

/**
 * Resolves with `none` when the server has no such stream, `locked` when it needs a key, `ended` when the stream is
 * complete, or `closed` when the connection is lost.
 */
async function listen(path, seen, signal, { onOpen, onMessage }) {
  const own = new AbortController();
  const abort = () => own.abort();
  signal.addEventListener('abort', abort);
  let silence;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(abort, SILENCE_MS);
  };
  try {
    heard();
    const resume = seen.lastId === null ? {} : { 'last-event-id': seen.lastId };
    const headers = headersWith({ accept: 'text/event-stream', ...resume });
    const answer = await fetch(path, { headers, signal: own.signal, cache: 'no-store' });
    if (answer.status === 204) return 'ended';
    if (answer.status === 401) return 'locked';
    const isStream = answer.ok && (answer.headers.get('content-type') ?? '').startsWith('text/event-stream');
    if (!isStream) {
      await answer.body?.cancel();
      return answer.status >= 500 || answer.status === 429 ? 'closed' : 'none';
    }
    onOpen();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return 'closed';
      heard();
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      for (const block of blocks) seen.lastId = /^id: ?(.*)$/m.exec(block)?.[1] ?? seen.lastId;
      // A block without data is a comment that keeps the connection open.
      if (blocks.some((block) => /^data:/m.test(block))) onMessage();
      if (blocks.some((block) => /^event: ?end$/m.test(block))) return 'ended';
    }
  } catch {
    return 'closed';
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', abort);
    own.abort();
  }
}

function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function keyGiven(signal) {
  return new Promise((resolve) => {
    access.addEventListener('key-given', resolve, { once: true, signal });
    signal.addEventListener('abort', resolve, { once: true });
  });
}

function shown(signal) {
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look, { once: true });
  });
}

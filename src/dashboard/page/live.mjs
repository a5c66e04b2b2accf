/**
 * Who shows orders is told when to look again. A server-sent stream says so at once; where there is none, a clock does.
 * What is shown is always read from the API, so that a lost or doubled message changes nothing.
 */
import { ApiError, headersWith } from './api.mjs';

const POLL_MS = 1_000;
/** A stream that says nothing for so long is taken for dead; the server sends a comment more often than that. */
const SILENCE_MS = 45_000;
const WAIT_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * @param look asks the API and draws; it is never called twice at once, nor more often than every `pauseMs`.
 * @param onState `connecting`, `live` (streamed), `polling`, or `away` (no answer; it tries again by itself).
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
    onState('connecting');
    while (!signal.aborted) {
      if (document.hidden) await shown(signal);
      if (streams) {
        const result = await listen(stream, signal, {
          onOpen: () => {
            failures = 0;
            onState('live');
            void lookNow();
          },
          onMessage: () => void lookNow(),
        });
        if (result === 'none') streams = false;
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

/** Resolves with `none` when the server has no such stream, or with `closed` when it ended. */
async function listen(path, signal, { onOpen, onMessage }) {
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
    const answer = await fetch(path, { headers: headersWith({ accept: 'text/event-stream' }), signal: own.signal });
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
      // A block of comments alone only keeps the connection open.
      if (blocks.some((block) => /^data:/m.test(block))) onMessage();
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

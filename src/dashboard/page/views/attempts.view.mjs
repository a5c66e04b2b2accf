/** Shows every try of every partner call with input and result. The history has them redacted. */
import { el, renderOnce } from '../dom.mjs';
import { dateTime, plain, shortSpan } from '../words.mjs';

/** @returns the calls in order of their first tries: `{ activityId, tries: [{ attempt, scheduled, settled }] }` */
export function callsOf(entries) {
  const calls = new Map();
  const tries = new Map();
  for (const entry of entries) {
    const { type, data } = entry;
    if (type === 'activity.scheduled') {
      const one = { attempt: data.attempt, scheduled: entry, settled: null };
      tries.set(data.taskId, one);
      if (!calls.has(data.activityId)) calls.set(data.activityId, { activityId: data.activityId, tries: [] });
      calls.get(data.activityId).tries.push(one);
    } else if (/^activity\.(completed|failed|cancelled)$/.test(type)) {
      const one = tries.get(data.taskId);
      if (one !== undefined) one.settled = entry;
    }
  }
  return [...calls.values()];
}

export function drawAttempts(element, { entries, partners }) {
  const calls = callsOf(entries);
  renderOnce(element, JSON.stringify([entries.at(-1)?.seq]), () => {
    const open = new Set([...element.querySelectorAll('details[open]')].map(({ id }) => id));
    if (calls.length === 0) return [el('p.soft', {}, 'No partner was called yet.')];
    return calls.map(({ activityId, tries }) => {
      const name = activityId.split('/').at(-1);
      return el(
        'section.call',
        {},
        el('h3', {}, plain(name), ' ', el('small', {}, `asks ${partners[name] ?? 'a partner'}`)),
        el(
          'ol',
          {},
          tries.map((one) => tryOf(one, open)),
        ),
      );
    });
  });
}

function tryOf({ attempt, scheduled, settled }, open) {
  const { data } = scheduled;
  const result = settled === null ? 'running' : settled.type.replace('activity.', '');
  const started = settled?.data.startedAt;
  const queued = started === undefined ? null : started - Date.parse(scheduled.at);
  const times = [
    queued !== null && queued > 0 ? `queued ${shortSpan(queued)}` : null,
    settled?.data.durationMs === undefined ? null : `ran ${shortSpan(settled.data.durationMs)}`,
  ].filter((text) => text !== null);
  const id = `try-${data.taskId}`;
  const details = el(
    'details',
    { id, open: open.has(id) },
    el(
      'summary',
      {},
      el('b', { className: result === 'failed' ? 'bad' : '' }, `Try ${attempt}: ${result}`),
      ` ${times.join(', ')} `,
      el('small', {}, dateTime(scheduled.at)),
    ),
    part('Given', data.input),
    settled?.data.output === undefined ? null : part('Came back', settled.data.output),
    settled?.data.error === undefined ? null : part('Error', settled.data.error),
  );
  return el('li', {}, details);
}

function part(title, value) {
  return el(
    'div.part',
    {},
    el('h4', {}, title),
    el('pre', { tabIndex: 0, 'aria-label': title }, JSON.stringify(value, null, 2)),
  );
}

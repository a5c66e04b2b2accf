/** Shows the history. A click on a line shows the order at that entry. */
import { el, setAttribute } from '../dom.mjs';
import { clock, dateTime, plain } from '../words.mjs';

/** Adds lines and keeps the existing ones. */
export function drawHistory(list, { entries, seq, isLive, onTravel }) {
  const shown = list.childElementCount;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  for (const entry of entries.slice(shown)) list.append(lineOf(entry, onTravel));
  for (const [index, line] of [...list.children].entries()) {
    const entry = entries[index];
    setAttribute(line, 'data-time', entry.seq === seq && !isLive ? 'here' : entry.seq > seq ? 'future' : null);
  }
  if (isLive && atEnd && entries.length > shown) list.scrollTop = list.scrollHeight;
}

function lineOf(entry, onTravel) {
  const { seq, at, type, data } = entry;
  const isBad = /failed|refused/.test(type);
  return el(
    'li',
    {},
    el('button.seq', { type: 'button', 'aria-label': `Go to entry ${seq}`, onclick: () => onTravel(seq) }, String(seq)),
    el('time', { dateTime: at }, clock(at)),
    el('span', { className: isBad ? 'type bad' : 'type' }, type),
    el(
      'details',
      {},
      el('summary', {}, summaryOf(data) || 'details'),
      el('pre', { tabIndex: 0, 'aria-label': `Entry ${seq}` }, JSON.stringify(data, null, 2)),
    ),
  );
}

function summaryOf(data) {
  const parts = [];
  if (data.activityId) parts.push(`${plain(data.activityId)}${data.attempt > 1 ? `, try ${data.attempt}` : ''}`);
  if (data.error) parts.push(data.error.code ?? data.error.message);
  if (data.durationMs !== undefined) parts.push(`${data.durationMs} ms`);
  if (data.to !== undefined)
    parts.push(`${data.path ? `${data.path}: ` : ''}${stateText(data.from)} → ${stateText(data.to)}`);
  else if (data.event) parts.push(eventName(data.event.type ?? String(data.event)));
  if (data.by) parts.push(`by ${data.by}`);
  if (data.reason) parts.push(data.reason);
  if (data.dueAt) parts.push(`due ${isToday(data.dueAt) ? clock(data.dueAt) : dateTime(data.dueAt)}`);
  return parts.join(' · ');
}

/** XState names a delayed transition `xstate.after.<delay>.<state>`. */
const eventName = (type) => /^xstate\.after\.([^.]+)\./.exec(type)?.[1] ?? type;
const isToday = (at) => new Date(at).toDateString() === new Date().toDateString();

function stateText(value) {
  if (value === null || value === undefined) return '·';
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([name, inner]) =>
      inner === null || (typeof inner === 'object' && Object.keys(inner).length === 0)
        ? name
        : `${name}.${stateText(inner)}`,
    )
    .join(' | ');
}

/** Saves the whole history as a file. */
export function download(id, entries) {
  const blob = new Blob([JSON.stringify({ orderId: id, entries }, null, 2)], { type: 'application/json' });
  const link = el('a', { href: URL.createObjectURL(blob), download: `order-${id}-history.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

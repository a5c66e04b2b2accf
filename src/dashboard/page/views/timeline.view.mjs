/** Shows the timeline. Each span is a button that shows the order at the span's begin. */
import { el, renderOnce } from '../dom.mjs';
import { lanesOf, scaleOf } from '../timeline.spans.mjs';
import { clock, plain, shortSpan } from '../words.mjs';

const WORDS = {
  queued: 'queued',
  running: 'running',
  failed: 'failed',
  retry: 'waited to try again',
  external: 'waited',
  incident: 'waited for a person',
  suspended: 'suspended',
};

/** @param onTravel gets the sequence of the entry at which a span begins. */
export function drawTimeline(element, { entries, now, even, partners, seq, isOpen, onTravel }) {
  const last = entries.at(-1);
  if (last === undefined) return;
  // A span that still lasts grows. The timeline of an ended order stands still.
  const end = isOpen ? now : Date.parse(last.at);
  const key = JSON.stringify([last.seq, even, seq, isOpen ? Math.floor(now / 1000) : 0]);
  renderOnce(element, key, () => {
    const lanes = lanesOf(entries);
    const { at } = scaleOf(lanes, end, even);
    const cursorEntry = entries.find((entry) => entry.seq === seq);
    const cursor = cursorEntry === undefined ? null : at(Date.parse(cursorEntry.at));
    return [
      axis(entries, end, even),
      el(
        'ul.lanes',
        {},
        lanes.map((lane) => laneOf(lane, at, end, partners, seq, onTravel)),
      ),
      cursor === null ? null : cursorLine(cursor),
    ];
  });
}

function laneOf({ name, spans }, at, end, partners, seq, onTravel) {
  const activity = name.split('/').at(-1);
  const partner = partners[activity];
  return el(
    'li.lane',
    { 'data-lane': name },
    el('div.lane-name', {}, plain(activity), partner === undefined ? null : el('small', {}, ` ${partner}`)),
    el(
      'div.lane-spans',
      {},
      spans.map((span) => {
        const [from, to] = [at(span.from), at(span.to ?? end)];
        const took = shortSpan((span.to ?? end) - span.from);
        const words = `${plain(activity)}, ${WORDS[span.kind]}${span.to === null ? ', still' : ''}: ${took}${span.label ? ` (${span.label})` : ''}, from ${clock(span.from)}`;
        const button = el(
          'button.span',
          {
            type: 'button',
            title: words,
            'aria-label': words,
            'data-kind': span.kind,
            'data-open': span.to === null ? '' : null,
            onclick: () => onTravel(span.seq),
          },
          el('span', {}, took),
        );
        button.style.left = `${(from * 100).toFixed(3)}%`;
        button.style.width = `${Math.max(0, (to - from) * 100).toFixed(3)}%`;
        button.classList.toggle('future', span.seq > seq);
        return button;
      }),
    ),
  );
}

function axis(entries, end, even) {
  const first = Date.parse(entries[0].at);
  const text = `${clock(first)} to ${clock(end)}, ${shortSpan(end - first)} in all${even ? '; every step is drawn equally long' : ''}`;
  return el('p.soft', {}, text);
}

function cursorLine(at) {
  const line = el('div.cursor', { 'aria-hidden': 'true' });
  const inner = el('i');
  inner.style.left = `${(at * 100).toFixed(3)}%`;
  line.append(inner);
  return line;
}

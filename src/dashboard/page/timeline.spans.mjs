/**
 * Makes spans of time of an order's history, with one lane for each partner call and each kind of wait. Pure. Times are
 * epoch milliseconds. A span that still lasts has `to: null`.
 */
export function lanesOf(entries) {
  const lanes = new Map();
  const tasks = new Map();
  const timers = new Map();
  let suspended = null;
  let lastActivity = null;

  const put = (lane, span) => {
    if (!lanes.has(lane)) lanes.set(lane, { name: lane, spans: [] });
    lanes.get(lane).spans.push(span);
    return span;
  };
  const close = (span, entry, more = {}) => {
    if (span !== undefined && span !== null && span.to === null)
      Object.assign(span, { to: Date.parse(entry.at), endSeq: entry.seq, ...more });
  };

  for (const entry of entries) {
    const { seq, type, data } = entry;
    const at = Date.parse(entry.at);
    switch (type) {
      case 'activity.scheduled': {
        const { activityId, taskId, attempt } = data;
        tasks.set(
          taskId,
          put(activityId, { kind: 'running', from: at, to: null, seq, attempt, label: `try ${attempt}` }),
        );
        break;
      }
      case 'activity.completed':
      case 'activity.failed': {
        const span = tasks.get(data.taskId);
        if (span === undefined) break;
        const { startedAt } = data;
        lastActivity = data.activityId;
        if (startedAt > span.from) {
          put(data.activityId, {
            kind: 'queued',
            from: span.from,
            to: startedAt,
            seq: span.seq,
            endSeq: seq,
            attempt: span.attempt,
            label: `try ${span.attempt}`,
          });
          span.from = startedAt;
        }
        const isFailed = type === 'activity.failed';
        close(
          span,
          entry,
          isFailed
            ? { kind: 'failed', label: `${span.label}: ${data.error?.code ?? data.error?.message ?? 'failed'}` }
            : {},
        );
        break;
      }
      case 'activity.cancelled':
        close(tasks.get(data.taskId), entry, { label: 'left' });
        break;
      case 'timer.set': {
        const { lane, kind } = laneOfTimer(data.event.type, lastActivity);
        timers.set(
          data.taskId,
          put(lane, { kind, from: at, to: null, seq, dueAt: Date.parse(data.dueAt) || data.dueAt, label: '' }),
        );
        break;
      }
      case 'timer.fired':
        close(timers.get(data.taskId), entry, { label: 'until it was due' });
        break;
      case 'timer.cancelled':
        close(timers.get(data.taskId), entry);
        break;
      case 'actor.suspended':
        suspended = put('suspended', { kind: 'suspended', from: at, to: null, seq, label: data.by ?? '' });
        break;
      case 'actor.resumed':
      case 'actor.terminated':
        close(suspended, entry);
        break;
      default:
        break;
    }
  }
  for (const lane of lanes.values()) lane.spans.sort((a, b) => a.from - b.from || a.seq - b.seq);
  return [...lanes.values()];
}

/** XState names a delayed transition `xstate.after.<delay>.<state>`. */
function laneOfTimer(event, lastActivity) {
  const [, delay = event] = /^xstate\.after\.([^.]+)\./.exec(event) ?? [];
  switch (delay) {
    case 'retryDelay':
      return { lane: lastActivity ?? 'retry', kind: 'retry' };
    case 'incidentTimeout':
      return { lane: 'a person', kind: 'incident' };
    case 'paymentTimeout':
      return { lane: 'the customer', kind: 'external' };
    default:
      return { lane: delay, kind: 'external' };
  }
}

/** Maps a time to a place from 0 to 1. `even`: all events have equal distances. */
export function scaleOf(lanes, now, even) {
  const times = [...new Set(lanes.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to ?? now])))].sort(
    (a, b) => a - b,
  );
  const first = times[0] ?? now;
  const last = times.at(-1) ?? now;
  if (!even)
    return { times, at: (time) => (last === first ? 0 : Math.min(1, Math.max(0, (time - first) / (last - first)))) };
  const at = (time) => {
    let index = times.findIndex((each) => each >= time);
    if (index === -1) index = times.length - 1;
    const [before, after] = [times[index - 1] ?? time, times[index] ?? time];
    const part = after === before ? 0 : (time - before) / (after - before);
    return times.length < 2 ? 0 : Math.max(0, index - 1 + part) / (times.length - 1);
  };
  return { times, at };
}

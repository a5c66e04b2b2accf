import { bookkeepingOf } from '../model/bookkeeping.js';
import { joinPath } from '../xstate/actor-tree.js';
import { isObject } from '../json/json-object.js';
import type { ActorRecord } from '../model/store.port.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';

/** Finds a running activity in a stored actor, without hydrating it: how a task is taken over. Null when it is no more. */
export function findRunningActivity(
  actor: Pick<ActorRecord, 'snapshot' | 'bookkeeping'>,
  taskId: string,
): ScheduledActivity | null {
  const bookkeeping = bookkeepingOf(actor);
  const note = bookkeeping.running[taskId];
  if (note === undefined) return null;
  return search(JSON.parse(actor.snapshot), '', []);

  function search(snapshot: unknown, path: string, sources: readonly string[]): ScheduledActivity | null {
    if (!isObject(snapshot)) return null;
    if (snapshot['taskId'] === taskId && note !== undefined) {
      return { ...note, taskId, path, sources, input: snapshot['input'] };
    }
    const children = isObject(snapshot['children']) ? snapshot['children'] : {};
    for (const [id, child] of Object.entries(children)) {
      if (!isObject(child) || typeof child['src'] !== 'string') continue;
      const found = search(child['snapshot'], joinPath(path, id), [...sources, child['src']]);
      if (found !== null) return found;
    }
    return null;
  }
}

import type { Bookkeeping } from '../model/bookkeeping.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import { isObject } from '../json/json-object.js';
import { joinPath } from '../xstate/actor-tree.js';

/** Reads a running activity off a stored snapshot, without rehydrating the actor. @returns null when it has ended. */
export function findRunningActivity(
  snapshot: string,
  { running }: Pick<Bookkeeping, 'running'>,
  taskId: string,
): ScheduledActivity | null {
  const activity = running[taskId];
  if (activity === undefined) return null;
  const found = search(JSON.parse(snapshot), taskId, '', []);
  return found === null ? null : { ...activity, taskId, ...found };
}

type Found = Pick<ScheduledActivity, 'path' | 'sources' | 'input'>;

function search(snapshot: unknown, taskId: string, path: string, sources: readonly string[]): Found | null {
  if (!isObject(snapshot)) return null;
  if (snapshot['taskId'] === taskId) return { path, sources, input: snapshot['input'] };
  const children = isObject(snapshot['children']) ? snapshot['children'] : {};
  for (const [id, child] of Object.entries(children)) {
    if (!isObject(child) || typeof child['src'] !== 'string') continue;
    const found = search(child['snapshot'], taskId, joinPath(path, id), [...sources, child['src']]);
    if (found !== null) return found;
  }
  return null;
}

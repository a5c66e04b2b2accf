/** The difference between an actor's search attributes before and after a draft. */
import type { ActorAttribute, ActorCommit } from '../model/store.port.js';

/** In UTF-16 units. Lists show a longer value, and it does not find the actor: the index has no room for it. */
const LONGEST_VALUE = 200;

/** @param before JSON object of texts; null when the actor is new. @param after JSON object of texts. */
export function attributeChanges(
  before: string | null,
  after: string,
): Pick<ActorCommit, 'addAttributes' | 'removeAttributes'> {
  if (before === after) return {};
  const [old, now] = [attributesIn(before ?? '{}'), attributesIn(after)];
  const missingIn = (list: readonly ActorAttribute[]) => (one: ActorAttribute) =>
    !list.some(({ name, value }) => name === one.name && value === one.value);
  return { addAttributes: now.filter(missingIn(old)), removeAttributes: old.filter(missingIn(now)) };
}

function attributesIn(json: string): ActorAttribute[] {
  const attributes = JSON.parse(json) as Readonly<Record<string, string>>; // written by the draft
  return Object.entries(attributes)
    .map(([name, value]) => ({ name, value }))
    .filter(({ value }) => value.length <= LONGEST_VALUE);
}

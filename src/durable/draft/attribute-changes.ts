/** By what an actor is found: the difference between its attributes before and after a draft. */
import type { ActorAttribute, ActorCommit } from '../model/store.port.js';

/** A longer value is shown, but not found by: an index has no room for it. In UTF-16 units. */
const LONGEST_VALUE = 200;

/** @param before JSON object of texts, or null when the actor is new. @param after likewise. */
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

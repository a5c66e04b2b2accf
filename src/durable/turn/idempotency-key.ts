/**
 * The key under which a partner is asked: made of actor, activity and occurrence, and of nothing else that could give the
 * same text. A colon within a part is percent-encoded, so that ids of one actor never look like those of another.
 */
export function idempotencyKeyOf(actorId: string, activityId: string, occurrence: number): string {
  const parts = [actorId, activityId, ...(occurrence === 1 ? [] : [String(occurrence)])];
  return parts.map(encoded).join(':');
}

const encoded = (part: string): string =>
  /[%:]/.test(part) ? part.replaceAll('%', '%25').replaceAll(':', '%3A') : part;

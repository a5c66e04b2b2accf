/** The cursor of a page: the position of its last row, as text for callers. */
import type { ActorHead } from '../model/store.port.js';

export function writeCursor(head: Pick<ActorHead, 'createdAt' | 'actorId'>): string {
  return Buffer.from(`${head.createdAt}:${head.actorId}`).toString('base64url');
}

/** @throws RangeError when it is no cursor. */
export function readCursor(cursor: string): { createdAt: number; actorId: string } {
  const match = /^(\d{1,15}):(.{1,200})$/s.exec(Buffer.from(cursor, 'base64url').toString());
  if (match?.[1] === undefined || match[2] === undefined)
    throw new RangeError('The cursor is not one this list gave out.');
  return { createdAt: Number(match[1]), actorId: match[2] };
}

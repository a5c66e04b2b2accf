/** Where a page of a list ends, as callers hand it back: a time and an id, newest first. */
export interface PageEnd {
  /** Epoch milliseconds of the last row. */
  readonly at: number;
  readonly id: string;
}

export function writeCursor({ at, id }: PageEnd): string {
  return Buffer.from(`${at}:${id}`).toString('base64url');
}

/** @throws RangeError when no list gave this cursor out. */
export function readCursor(cursor: string): PageEnd {
  const text = Buffer.from(cursor, 'base64url').toString();
  // Some lists gave out a JSON array before; such cursors may still be in clients' hands.
  const [, at, id] = /^(\d{1,15}):(.{1,300})$/s.exec(text) ?? /^\[(\d{1,15}),"([^"\\]{1,300})"\]$/.exec(text) ?? [];
  if (at === undefined || id === undefined) throw new RangeError('The cursor is not one this list gave out.');
  return { at: Number(at), id };
}

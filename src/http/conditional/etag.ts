import type { Response } from 'express';

/** The revision of an order as a strong ETag (RFC 9110, section 8.8.3). Every step of the order increases it by one. */
export function etagOf(revision: number): string {
  return `"${revision}"`;
}

/** Sets the headers with the revision that the response shows. */
export function setRevision(response: Response, revision: number): void {
  response.set({ ETag: etagOf(revision), 'Order-Revision': String(revision) });
}

const TAG = /^(W\/)?"([\x21\x23-\x7e]*)"$/;

/**
 * The revisions an `If-Match` names (RFC 9110, section 13.1.1). A weak tag, or one that is none of ours, matches nothing.
 * Null when the header is malformed.
 */
export function readIfMatch(header: string): readonly number[] | 'any' | null {
  if (header.trim() === '*') return 'any';
  const tags = header.split(',').map((each) => TAG.exec(each.trim()));
  if (tags.some((tag) => tag === null)) return null;
  return tags.flatMap((tag) => (tag?.[1] === undefined && /^\d{1,15}$/.test(tag?.[2] ?? '') ? [Number(tag?.[2])] : []));
}

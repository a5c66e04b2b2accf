import type { Response } from 'express';

/** The revision of an order as a strong ETag (RFC 9110, section 8.8.3). Every turn of the order increases it by one. */
export function etagOf(revision: number): string {
  return `"${revision}"`;
}

/** Sets the headers `ETag` and `Order-Revision`. `revision` is that of the order in the response. */
export function setRevision(response: Response, revision: number): void {
  response.set({ ETag: etagOf(revision), 'Order-Revision': String(revision) });
}

const TAG = /^(W\/)?"([\x21\x23-\x7e]*)"$/;

/**
 * Reads the revisions in an `If-Match` header (RFC 9110, section 13.1.1). It leaves out weak tags and tags that this
 * service does not make, because they match nothing. Returns null when the header is malformed.
 */
export function readIfMatch(header: string): readonly number[] | 'any' | null {
  if (header.trim() === '*') return 'any';
  const tags = header.split(',').map((each) => TAG.exec(each.trim()));
  if (tags.some((tag) => tag === null)) return null;
  return tags.flatMap((tag) => (tag?.[1] === undefined && /^\d{1,15}$/.test(tag?.[2] ?? '') ? [Number(tag?.[2])] : []));
}

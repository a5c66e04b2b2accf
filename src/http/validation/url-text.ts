import type { NextFunction, Request, Response } from 'express';
import { isIllFormed } from '../../contracts/ill-formed-text.js';
import { invalidRequest } from '../problem/request-error.js';

/** Refuses a path or query that is no UTF-8 or contains U+0000. No valid id or filter contains such text. */
export function refuseIllFormedUrl({ originalUrl }: Request, _response: Response, next: NextFunction): void {
  next(isFit(originalUrl) ? undefined : invalidRequest([{ field: 'url', rule: 'isWellFormed', message: MESSAGE }]));
}

const MESSAGE = 'must be percent-encoded UTF-8 without U+0000';

function isFit(url: string): boolean {
  try {
    return !isIllFormed(decodeURIComponent(url));
  } catch {
    return false;
  }
}

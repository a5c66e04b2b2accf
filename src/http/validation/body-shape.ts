/** Limits a parsed body before its validation, because the validator recurses into every field. */
import { findIllFormedText } from '../../contracts/ill-formed-text.js';
import { invalidRequest } from '../problem/request-error.js';

const MOST_LEVELS = 20;
/** Highest total number of object members and list elements, over all levels. */
const MOST_VALUES = 5_000;

/** @throws RequestError naming the rule that the body breaks. */
export function refuseUnfitBody(body: unknown): void {
  refuseLarge(body);
  const illFormed = findIllFormedText(body);
  if (illFormed === null) return;
  const message = 'must be well-formed Unicode without U+0000';
  throw invalidRequest([{ field: illFormed || 'body', rule: 'isWellFormed', message }]);
}

function refuseLarge(body: unknown): void {
  let level: readonly unknown[] = [body];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length;
    if (depth > MOST_LEVELS) throw tooLarge('maxDepth', `must not be deeper than ${MOST_LEVELS} levels`);
    if (values > MOST_VALUES) throw tooLarge('maxValues', `must not have more than ${MOST_VALUES} values`);
    level = level.flatMap(membersOf);
  }
}

function membersOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [];
}

function tooLarge(rule: string, message: string): Error {
  return invalidRequest([{ field: 'body', rule, message }]);
}

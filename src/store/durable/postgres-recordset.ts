/** Turns the records of a JSON parameter into rows of PostgreSQL. */
import { type Column, stored, TASK_COLUMNS } from './columns.js';

export const EXPECTED: Column = { name: 'expected_revision', field: 'expectedRevision', type: 'bigint' };
/** Column of rows that may be about another actor than the committing one. It holds the id of the committing actor. */
export const WRITER: Column = { name: 'writer', field: 'writer', type: 'text' };
export const TASK_KEY = TASK_COLUMNS.filter(({ name }) => name === 'actor_id' || name === 'task_id');

/** `json_to_recordset($1::json) AS b("actorId" text, …)` @param parameter number of the parameter. */
export function recordset(columns: readonly Column[], parameter = 1): string {
  const typed = stored(columns).map(({ field, type }) => `"${field}" ${type}`);
  return `json_to_recordset($${parameter}::json) AS b(${typed.join(', ')})`;
}

export function fields(columns: readonly Column[]): string {
  return columns.map(({ field, constant }) => constant ?? `b."${field}"`).join(', ');
}

/**
 * Reads fields of driver rows and checks their types. A wrong type means that the schema and the statements disagree.
 * PostgreSQL returns bigint as text and booleans as booleans. SQLite returns numbers for both.
 */
import type { Row } from './database.port.js';

function mismatch(field: string, value: unknown): Error {
  return new Error(`Column ${field} holds a ${value === null ? 'null' : typeof value} where none belongs`);
}

export function text(row: Row, field: string): string {
  const value = row[field];
  if (typeof value !== 'string') throw mismatch(field, value);
  return value;
}

/** Reads an integer that a JavaScript number holds exactly. */
export function integer(row: Row, field: string): number {
  const value = row[field];
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw mismatch(field, value);
  return number;
}

function optional<T>(row: Row, field: string, read: (row: Row, field: string) => T): T | null {
  return row[field] === null ? null : read(row, field);
}

export function nullableText(row: Row, field: string): string | null {
  return optional(row, field, text);
}

export function nullableInteger(row: Row, field: string): number | null {
  return optional(row, field, integer);
}

export function flag(row: Row, field: string): boolean {
  const value = row[field];
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  throw mismatch(field, value);
}

export function oneOf<T extends string>(row: Row, field: string, allowed: readonly T[]): T {
  const value = row[field];
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw mismatch(field, value);
  return found;
}

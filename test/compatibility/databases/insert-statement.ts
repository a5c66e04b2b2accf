import type { StoredRow } from './test-database.js';

/** One statement for all rows, in words that SQLite and PostgreSQL both understand; empty without rows. */
export function insertInto(table: string, rows: readonly StoredRow[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const lines = rows.map((row) => `  (${Object.values(row).map(literalOf).join(', ')})`);
  return `INSERT INTO ${table} (${Object.keys(first).join(', ')}) VALUES\n${lines.join(',\n')};\n`;
}

function literalOf(value: StoredRow[string]): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return String(value).toUpperCase();
}

/** Aligns rows in columns of text, under the names of their fields. */
export function table(rows: readonly Readonly<Record<string, string>>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const widths = names.map((name) => Math.max(name.length, ...rows.map((row) => (row[name] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(names), ...rows.map((row) => line(names.map((name) => row[name] ?? '')))].join('\n');
}

/** Writes one `name: value` line per field. Empty fields are left out. */
export function fields(values: Readonly<Record<string, string | null | undefined>>): string {
  const present = Object.entries(values).filter(([, value]) => value != null && value !== '');
  const width = Math.max(0, ...present.map(([name]) => name.length));
  return present.map(([name, value]) => `${`${name}:`.padEnd(width + 2)}${value ?? ''}`).join('\n');
}

import { FIGURES, type FigureName } from './figures.js';
import type { Measured, Measurement } from './measurement.js';
import { median } from './percentile.js';

/** Medians over the rounds: a row for each subject and concurrency, a column for each figure that one of them has. */
export function figureTable(title: string, measured: readonly Measured[]): string {
  const columns = FIGURE_NAMES.filter((figure) => measured.some(({ figures }) => figure in figures));
  const head = [title, 'C', ...columns.map((figure) => FIGURES[figure].heading)];
  const rows = [...groups(measured).values()].map((group) => [
    group[0]?.name ?? '',
    String(group[0]?.concurrency ?? ''),
    ...columns.map((figure) => cell(group, figure)),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  ');
  return `${[head, ...rows].map(line).join('\n')}\n`;
}

/** The measurement with its first figures. */
export function progressLine({ round, table, name, concurrency, figures }: Measurement): string {
  const shown = FIGURE_NAMES.flatMap((figure) => {
    const value = figures[figure];
    return value === undefined ? [] : [`${value.toFixed(FIGURES[figure].digits)} ${FIGURES[figure].heading}`];
  });
  const at = concurrency === null ? '' : ` C=${concurrency}`;
  return `round ${round}, ${table}: ${name}${at}: ${shown.slice(0, SHOWN).join(', ')}`;
}

/** Figures of a progress line. */
const SHOWN = 4;

const FIGURE_NAMES = Object.keys(FIGURES) as readonly FigureName[]; // its own keys

function cell(group: readonly Measured[], figure: FigureName): string {
  const values = group.flatMap(({ figures }) => figures[figure] ?? []);
  return values.length === 0 ? '' : median(values).toFixed(FIGURES[figure].digits);
}

function groups(measured: readonly Measured[]): Map<string, Measured[]> {
  const found = new Map<string, Measured[]>();
  for (const each of measured) {
    const key = `${each.name} ${each.concurrency ?? ''}`;
    found.set(key, [...(found.get(key) ?? []), each]);
  }
  return found;
}

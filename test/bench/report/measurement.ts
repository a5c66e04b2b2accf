import type { Figures } from './figures.js';

/** What one subject came to, once. */
export interface Measured {
  readonly name: string;
  /** Orders under way at the same time; null where nobody orders. */
  readonly concurrency: number | null;
  readonly figures: Figures;
}

export interface Measurement extends Measured {
  /** Title of its table. */
  readonly table: string;
  /** Counted from 1. */
  readonly round: number;
}

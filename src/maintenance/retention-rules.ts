import type { EndedRequest } from '../durable/index.js';

/** Ended orders are kept for so many milliseconds, by outcome; null: for ever. */
export interface RetentionRules {
  readonly byOutcomeMs: Readonly<Record<string, number>>;
  /** Applies to all other outcomes, and to orders that were terminated without an outcome. */
  readonly othersMs: number | null;
}

export const KEEP_FOR_EVER: RetentionRules = { byOutcomeMs: {}, othersMs: null };

/** Makes the queries that find ended orders whose time is over. */
export function expiredBy(rules: RetentionRules, now: number): Omit<EndedRequest, 'machineId' | 'limit'>[] {
  const { byOutcomeMs, othersMs } = rules;
  const named = Object.entries(byOutcomeMs).map(([outcome, ms]) => ({ endedBefore: now - ms, outcomes: [outcome] }));
  const others = { exceptOutcomes: Object.keys(byOutcomeMs) };
  return othersMs === null ? named : [...named, { endedBefore: now - othersMs, ...others }];
}

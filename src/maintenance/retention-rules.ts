import type { EndedRequest } from '../durable/index.js';

/** How long orders that have ended are kept, in milliseconds, by how they ended; null: for ever. */
export interface RetentionRules {
  readonly byOutcomeMs: Readonly<Record<string, number>>;
  /** Of all other outcomes, and of orders that were terminated without one. */
  readonly othersMs: number | null;
}

export const KEEP_FOR_EVER: RetentionRules = { byOutcomeMs: {}, othersMs: null };

/** What is to be asked of the store: which ended orders have been kept for long enough. */
export function expiredBy(rules: RetentionRules, now: number): Omit<EndedRequest, 'machineId' | 'limit'>[] {
  const { byOutcomeMs, othersMs } = rules;
  const named = Object.entries(byOutcomeMs).map(([outcome, ms]) => ({ endedBefore: now - ms, outcomes: [outcome] }));
  const others = { exceptOutcomes: Object.keys(byOutcomeMs) };
  return othersMs === null ? named : [...named, { endedBefore: now - othersMs, ...others }];
}

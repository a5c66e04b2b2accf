import type { Disposition } from '../model/actor-message.js';
import type { EventState } from '../model/store.port.js';

/** What became of one signal in a draft. */
export interface DraftAnswer {
  readonly disposition: Disposition;
  readonly reason: string | null;
  /** For a duplicate: what became of the first one. */
  readonly firstState: EventState | null;
  /** What is wrong with an output that was supplied, one sentence each. */
  readonly problems?: readonly string[];
}

export function answer(disposition: Disposition, reason: string | null = null): DraftAnswer {
  return { disposition, reason, firstState: null };
}

import type { Disposition } from '../model/actor-message.js';
import type { EventState } from '../model/store.port.js';

/** What became of one message. */
export interface MessageOutcome {
  readonly disposition: Disposition;
  readonly reason: string | null;
  /** For a duplicate: what became of the first message with its key. */
  readonly firstState: EventState | null;
  /** One sentence for each problem of a supplied output. */
  readonly problems?: readonly string[];
}

export function outcomeOf(disposition: Disposition, reason: string | null = null): MessageOutcome {
  return { disposition, reason, firstState: null };
}

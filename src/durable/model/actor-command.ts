import type { JsonObject } from '../json/json-object.js';

/** Who acts, and why; both go into the history. */
export interface Audit {
  readonly by: string;
  readonly reason: string | null;
}

/**
 * What an operator can do to any actor, whatever its machine says.
 *
 * - `suspend`: nothing moves any more; events and results that come are kept for later.
 * - `resume`: goes on. Deadlines that ran on meanwhile either stand (`keep`: those that passed fire at once) or are moved
 *   by as long as the actor was suspended (`move`).
 * - `terminate`: ends the actor where it stands. Nothing is compensated: that is what the machine's own events are for.
 * - `retry`: what failed is tried again, after `patch` (JSON merge patch, RFC 7396) was applied to the context.
 * - `skip`: the step that failed is taken as done, with this output; its activity is not run.
 */
export type ActorCommand =
  | (Audit & { readonly type: 'suspend' })
  | (Audit & { readonly type: 'resume'; readonly deadlines: 'keep' | 'move' })
  | (Audit & { readonly type: 'terminate' })
  | (Audit & { readonly type: 'retry'; readonly patch: JsonObject | null })
  | (Audit & {
      readonly type: 'skip';
      /** Path of the activity, or its last part; null when there is only one it can be. */
      readonly activityId: string | null;
      /** JSON-safe. */
      readonly output: unknown;
    });

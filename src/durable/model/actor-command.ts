import type { JsonObject } from '../json/json-object.js';

/** Who acts, and why. The history stores both. */
export interface Audit {
  readonly by: string;
  readonly reason: string | null;
}

/**
 * An operator can give these commands to any actor. The machine need not know them.
 *
 * - `suspend`: the actor takes no turn until it resumes. Events and results that arrive are kept.
 * - `resume`: the actor goes on. With `keep` its deadlines stay, and those that have passed fire at once. With `move` all of
 *   them are postponed by the time that the actor was suspended.
 * - `terminate`: the actor ends in its current state. Nothing is compensated; the machine's own events do that.
 * - `retry`: the failed step runs again, after `patch` (JSON merge patch, RFC 7396) is applied to the context.
 * - `skip`: the failed step completes with this output. Its activity does not run.
 */
export type ActorCommand =
  | (Audit & { readonly type: 'suspend' })
  | (Audit & { readonly type: 'resume'; readonly deadlines: 'keep' | 'move' })
  | (Audit & { readonly type: 'terminate' })
  | (Audit & { readonly type: 'retry'; readonly patch: JsonObject | null })
  | (Audit & {
      readonly type: 'skip';
      /** Path of the activity, or the last part of it. Null means the only activity that failed. */
      readonly activityId: string | null;
      /** JSON keeps it. */
      readonly output: unknown;
    });

/** The runtime's own kinds of incidents, with the advice that a person gets for each. A machine's states may name others. */
import type { IncidentAction } from './store.port.js';

export const INCIDENT_ACTIONS: readonly IncidentAction[] = [
  'retry',
  'edit-and-retry',
  'skip',
  'terminate',
  'deploy-fix',
  'none',
];

export interface IncidentAdvice {
  readonly action: IncidentAction;
  /** One sentence. */
  readonly advice: string;
}

/**
 * The machine entered a state tagged `incident`:
 * - `retries_exhausted`: an activity failed with a retryable error.
 * - `activity_refused`: an activity failed with a final error.
 * - `activity_poison`: an activity was handed out too often without a result; it probably kills its process.
 * - `machine_waits`: another reason.
 *
 * The machine did not go on:
 * - `machine_failed`: it ended in an error.
 * - `turn_refused`: its turn threw, or led to something that cannot be stored. The actor keeps its last snapshot.
 * - `snapshot_misfit`, `machine_unknown`: the deployed code cannot carry the actor on.
 *
 * Something outside needs a person:
 * - `event_untakeable`: the machine will never take an event, and its policy says that a person must see it.
 * - `unknown_actor`: a report names an actor that does not exist.
 */
export const INCIDENTS = {
  retries_exhausted: {
    action: 'retry',
    advice:
      'The partner did not do it, however often it was asked: see that it is up, then retry; if it did do it, skip the step with its answer.',
  },
  activity_refused: {
    action: 'edit-and-retry',
    advice:
      'The partner refuses this call for good: correct the data with the retry, or do it by hand and skip the step.',
  },
  activity_poison: {
    action: 'deploy-fix',
    advice:
      'Processes died while this ran, so it is not run any more: find out why, deploy a fix and retry; or do it by hand and skip the step.',
  },
  machine_waits: {
    action: 'retry',
    advice: 'Mend the cause, then retry; correct the data with the retry if that is the cause; or cancel.',
  },
  machine_failed: {
    action: 'retry',
    advice: 'Mend the cause, then retry from where it stood before; or leave it as ended.',
  },
  turn_refused: {
    action: 'deploy-fix',
    advice:
      'The code of the machine fails on what it was given: deploy a fix, or retry with corrected data; terminate if it cannot go on.',
  },
  snapshot_misfit: {
    action: 'deploy-fix',
    advice:
      'The deployed version cannot carry it on: deploy one that fits, or a migration, and it goes on by itself; or terminate it.',
  },
  machine_unknown: {
    action: 'deploy-fix',
    advice:
      'Its version is not deployed: deploy it, or a migration from it, and it goes on by itself; or terminate it.',
  },
  event_untakeable: {
    action: 'none',
    advice:
      'Nothing here will act on it any more: see what it means outside, put that right by hand, then resolve this with a note.',
  },
  unknown_actor: {
    action: 'none',
    advice: 'Find out with the sender whom it means and put that right by hand, then resolve this with a note.',
  },
} as const satisfies Record<string, IncidentAdvice>;

export type IncidentKind = keyof typeof INCIDENTS;

/** No actor waits for these, so a person resolves them with a note. */
const ABOUT_THE_OUTSIDE: ReadonlySet<string> = new Set<IncidentKind>(['event_untakeable', 'unknown_actor']);

export const isAboutTheOutside = ({ kind }: { readonly kind: string }): boolean => ABOUT_THE_OUTSIDE.has(kind);

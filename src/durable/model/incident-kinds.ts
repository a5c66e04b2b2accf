/** The runtime's own kinds of incidents, and what a person at 3 a.m. is told about each. A machine's states may name others. */
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
 * - `retries_exhausted`, `activity_refused`, `activity_poison`, `machine_waits`: a state tagged `incident` was entered:
 *   because an activity failed that could be tried again, that could not, that processes died of; or for another reason.
 * - `machine_failed`: the machine itself ended in an error.
 * - `turn_refused`: a turn came to something that cannot be stored, or threw; the actor stands where it stood.
 * - `snapshot_misfit`, `machine_unknown`: the deployed code cannot carry the actor on.
 * - `event_untakeable`: an event that nothing will ever take, and that its machine's policy says a person must see.
 * - `unknown_actor`: somebody outside speaks of an actor that is not there.
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

/** These are about the world outside: no actor waits for them, so a person resolves them by saying so. */
const ABOUT_THE_OUTSIDE: ReadonlySet<string> = new Set<IncidentKind>(['event_untakeable', 'unknown_actor']);

export const isAboutTheOutside = ({ kind }: { readonly kind: string }): boolean => ABOUT_THE_OUTSIDE.has(kind);

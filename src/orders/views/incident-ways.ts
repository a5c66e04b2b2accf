import type { IncidentKind } from '../../durable/index.js';
import type { REFUND_BY_HAND } from '../ports/refund-vouched.js';

export const INCIDENT_WAYS = [
  'retry',
  'edit-and-retry',
  'skip',
  'terminate',
  'cancel',
  'payment-accepted',
  'resolve',
] as const;
/** `edit-and-retry` is a `retry` with a `patch`; `resolve` is of the incident itself; the others are commands. */
export type IncidentWay = (typeof INCIDENT_WAYS)[number];

const AT_A_STEP: readonly IncidentWay[] = ['retry', 'skip', 'terminate'];

/** What a person can do, by kind. */
const WAYS: Readonly<Record<IncidentKind | keyof typeof REFUND_BY_HAND | 'payment_mismatch', readonly IncidentWay[]>> =
  {
    retries_exhausted: AT_A_STEP,
    activity_refused: ['retry', 'edit-and-retry', 'skip', 'terminate'],
    activity_poison: AT_A_STEP,
    machine_waits: AT_A_STEP,
    machine_failed: ['retry', 'terminate'],
    turn_refused: ['retry', 'terminate'],
    snapshot_misfit: ['terminate'],
    machine_unknown: ['terminate'],
    event_untakeable: ['resolve'],
    unknown_actor: ['resolve'],
    refund_by_hand: AT_A_STEP,
    payment_mismatch: ['payment-accepted', 'cancel', 'terminate'],
  };

export function waysOutOf({ kind }: { readonly kind: string }): readonly IncidentWay[] {
  return Object.hasOwn(WAYS, kind) ? WAYS[kind as keyof typeof WAYS] : AT_A_STEP; // one of its own keys
}

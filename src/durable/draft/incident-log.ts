/**
 * The open incidents of one actor in a draft. Each is opened and resolved in the transaction of the revision that does it:
 * the machine's own, of which there is one at the most (invariant 7), and one for each kind and message that its machine
 * could not take.
 */
import type { BlockedTurn, Bookkeeping } from '../model/bookkeeping.js';
import type { IncidentRecord } from '../model/store.port.js';
import { resolverOfBlockedTurn } from './blocked-turn.js';
import type { CommitBuilder } from './commit-builder.js';
import { type Resolver, resolveIncident } from './incident-record.js';

/** As the bookkeeping stores them. */
export type OpenIncidents = Pick<Bookkeeping, 'incident' | 'troubles'>;

export function openIncidentsOf({ incident, troubles }: OpenIncidents): OpenIncidents {
  return openIncidents(incident === undefined ? undefined : upgraded(incident), troubles ?? []);
}

export function blockedTurnsOf({ troubles }: OpenIncidents): readonly BlockedTurn[] {
  return troubles ?? [];
}

/** One of those that are open, the machine's own before others. */
export function firstIncident({ incident, troubles }: OpenIncidents): IncidentRecord | undefined {
  return incident ?? troubles?.[0]?.incident;
}

/** The machine waits for a person. An incident that is open already stays. */
export function openOwn(open: OpenIncidents, incident: () => IncidentRecord, commit: CommitBuilder): OpenIncidents {
  if (open.incident !== undefined) return open;
  const opened = incident();
  commit.putIncident(opened);
  return openIncidents(opened, blockedTurnsOf(open));
}

export function resolveOwn(open: OpenIncidents, resolver: Resolver, commit: CommitBuilder, now: number): OpenIncidents {
  if (open.incident === undefined) return open;
  commit.putIncident(resolveIncident(open.incident, resolver, now));
  return openIncidents(undefined, blockedTurnsOf(open));
}

export function openBlockedTurn(open: OpenIncidents, blocked: BlockedTurn, commit: CommitBuilder): OpenIncidents {
  commit.putIncident(blocked.incident);
  return openIncidents(open.incident, [...blockedTurnsOf(open), blocked]);
}

export function resolveBlockedTurns(
  open: OpenIncidents,
  isOver: (blocked: BlockedTurn) => boolean,
  resolver: Resolver,
  commit: CommitBuilder,
  now: number,
): OpenIncidents {
  const blockedTurns = blockedTurnsOf(open);
  const over = blockedTurns.filter(isOver);
  if (over.length === 0) return open;
  for (const blocked of over)
    commit.putIncident(resolveIncident(blocked.incident, resolverOfBlockedTurn(resolver, blocked), now));
  return openIncidents(
    open.incident,
    blockedTurns.filter((each) => !over.includes(each)),
  );
}

function openIncidents(incident: IncidentRecord | undefined, blockedTurns: readonly BlockedTurn[]): OpenIncidents {
  return {
    ...(incident === undefined ? {} : { incident }),
    ...(blockedTurns.length === 0 ? {} : { troubles: blockedTurns }),
  };
}

type Added = 'advice' | 'subjectId';
type Earlier = Omit<IncidentRecord, Added> & Partial<Pick<IncidentRecord, Added>>;

/** Incidents were once stored without advice and subject. */
function upgraded(incident: Earlier): IncidentRecord {
  const { advice, subjectId } = incident;
  return { ...incident, advice: advice ?? incident.suggestedAction, subjectId: subjectId ?? incident.actorId ?? '' };
}

/**
 * The open incidents of one actor in a draft. The revision that opens or resolves an incident writes it in its own
 * transaction.
 *
 * Invariant 7: the machine's own incident, of which there is at most one, is what the actor waits for. Beside it there is
 * one incident for each kind and message that the machine could not take.
 */
import type { BlockedTurn, Bookkeeping } from '../model/bookkeeping.js';
import type { IncidentRecord } from '../model/store.port.js';
import { resolverOfBlockedTurn } from './blocked-turn.js';
import type { CommitBuilder } from './commit-builder.js';
import { type Resolver, resolveIncident } from './incident-record.js';

/** The fields of the bookkeeping that hold them. */
export type OpenIncidents = Pick<Bookkeeping, 'incident' | 'blockedTurns'>;

export function openIncidentsOf({ incident, blockedTurns }: OpenIncidents): OpenIncidents {
  return openIncidents(incident, blockedTurns ?? []);
}

/** The machine's own incident comes before others. */
export function firstIncident({ incident, blockedTurns }: OpenIncidents): IncidentRecord | undefined {
  return incident ?? blockedTurns?.[0]?.incident;
}

/** The machine waits for a person. An incident that is open already stays. */
export function openOwn(open: OpenIncidents, incident: () => IncidentRecord, commit: CommitBuilder): OpenIncidents {
  if (open.incident !== undefined) return open;
  const opened = incident();
  commit.putIncident(opened);
  return openIncidents(opened, open.blockedTurns);
}

export function resolveOwn(open: OpenIncidents, resolver: Resolver, commit: CommitBuilder, now: number): OpenIncidents {
  if (open.incident === undefined) return open;
  commit.putIncident(resolveIncident(open.incident, resolver, now));
  return openIncidents(undefined, open.blockedTurns);
}

export function openBlockedTurn(open: OpenIncidents, blocked: BlockedTurn, commit: CommitBuilder): OpenIncidents {
  commit.putIncident(blocked.incident);
  return openIncidents(open.incident, [...(open.blockedTurns ?? []), blocked]);
}

export function resolveBlockedTurns(
  open: OpenIncidents,
  isOver: (blocked: BlockedTurn) => boolean,
  resolver: Resolver,
  commit: CommitBuilder,
  now: number,
): OpenIncidents {
  const { incident, blockedTurns = [] } = open;
  const over = blockedTurns.filter(isOver);
  if (over.length === 0) return open;
  for (const blocked of over) {
    commit.putIncident(resolveIncident(blocked.incident, resolverOfBlockedTurn(resolver, blocked), now));
  }
  return openIncidents(
    incident,
    blockedTurns.filter((each) => !over.includes(each)),
  );
}

/** Leaves out what is not open: the bookkeeping takes these fields over as they are. */
function openIncidents(incident: IncidentRecord | undefined, blockedTurns: readonly BlockedTurn[] = []): OpenIncidents {
  return {
    ...(incident === undefined ? {} : { incident }),
    ...(blockedTurns.length === 0 ? {} : { blockedTurns }),
  };
}

/**
 * The incidents of one actor in a draft, each opened and resolved in the transaction of the revision that does it: its
 * machine's own, of which there is one at the most (invariant 7), and troubles: one for each kind and signal, with which
 * its machine could not go on.
 */
import type { BlockedTurn, Bookkeeping } from '../model/bookkeeping.js';
import { type Position, type Resolver, openedByMachine, resolveIncident } from './incident-record.js';
import type { CommitBuilder } from './commit-builder.js';
import { endedBy } from './blocked-turn.js';
import type { IncidentTag } from '../xstate/incident-tag.js';
import type { IncidentRecord } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';

type Notes = Pick<Bookkeeping, 'incident' | 'troubles'>;

export class IncidentLog {
  private own: IncidentRecord | undefined;
  private open: readonly BlockedTurn[];

  constructor(
    { incident, troubles = [] }: Notes,
    private readonly ledger: CommitBuilder,
  ) {
    this.own = incident === undefined ? undefined : upgraded(incident);
    this.open = troubles;
  }

  get ofMachine(): IncidentRecord | undefined {
    return this.own;
  }

  /** One of those that are open, its machine's before others. */
  get first(): IncidentRecord | undefined {
    return this.own ?? this.open[0]?.incident;
  }

  get blockedTurns(): readonly BlockedTurn[] {
    return this.open;
  }

  get any(): boolean {
    return this.own !== undefined || this.open.length > 0;
  }

  /** What the next revision notes of them. */
  get notes(): Notes {
    return {
      ...(this.own === undefined ? {} : { incident: this.own }),
      ...(this.open.length === 0 ? {} : { troubles: this.open }),
    };
  }

  /** @param mark how the machine says that it waits for a person; null when it failed. */
  openOwn(mark: IncidentTag | null, stand: Position, facts: readonly TurnFact[]): void {
    if (this.own !== undefined) return;
    this.own = openedByMachine(mark, stand, facts);
    this.ledger.putIncident(this.own);
  }

  resolveOwn(mover: Resolver, now: number): void {
    if (this.own === undefined) return;
    this.ledger.putIncident(resolveIncident(this.own, mover, now));
    this.own = undefined;
  }

  openBlockedTurn(trouble: BlockedTurn): void {
    this.open = [...this.open, trouble];
    this.ledger.putIncident(trouble.incident);
  }

  resolveBlockedTurns(isOver: (trouble: BlockedTurn) => boolean, mover: Resolver, now: number): void {
    for (const trouble of this.open.filter(isOver)) {
      this.ledger.putIncident(resolveIncident(trouble.incident, endedBy(mover, trouble), now));
    }
    this.open = this.open.filter((each) => !isOver(each));
  }

  /** About the world outside: no actor waits for it. */
  record(incident: IncidentRecord): void {
    this.ledger.putIncident(incident);
  }
}

type Added = 'advice' | 'subjectId';
type Noted = Omit<IncidentRecord, Added> & Partial<Pick<IncidentRecord, Added>>;

/** Notes of the time when an incident had neither a sentence beside the action nor a subject beside the actor. */
function upgraded(incident: Noted): IncidentRecord {
  const { advice, subjectId } = incident;
  return { ...incident, advice: advice ?? incident.suggestedAction, subjectId: subjectId ?? incident.actorId ?? '' };
}

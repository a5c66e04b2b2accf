/** Opens and resolves the one incident an actor may have, from what a draft writes about it. */
import type { ActorCommand } from './actor.command.js';
import type { Signal } from './signal.js';
import type { IncidentKind, IncidentRecord } from './store.port.js';
import type { TurnFact } from './turn.js';

/** Who or what moved the actor, in the words of {@link IncidentRecord.resolution}. */
export interface Mover {
  readonly resolution: string;
  readonly by: string | null;
  readonly reason: string | null;
}

export function moverOf(signal: Signal): Mover {
  switch (signal.kind) {
    case 'command':
      return commandMover(signal.command);
    case 'event': {
      const { type, reason } = signal.event;
      return { resolution: type, by: null, reason: typeof reason === 'string' ? reason : null };
    }
    case 'kept':
      return { resolution: signal.record.type, by: null, reason: null };
    case 'timer':
    case 'start':
    case 'settle':
    case 'activity.completed':
    case 'activity.failed':
      return { resolution: signal.kind, by: null, reason: null };
  }
}

const COMMANDED = { suspend: 'suspended', resume: 'resumed', terminate: 'terminated' } as const;

function commandMover(command: ActorCommand): Mover {
  const { by, reason } = command;
  if (command.type !== 'retry') return { resolution: COMMANDED[command.type], by, reason };
  return { resolution: command.patch === null ? 'retried' : 'edited', by, reason };
}

export interface Stand {
  readonly actorId: string;
  readonly machineId: string;
  readonly status: string;
  readonly revision: number;
  readonly now: number;
}

const ACTION: Readonly<Record<IncidentKind, string>> = {
  machine_waits: 'Mend the cause, then retry; correct the data with the retry if that is the cause; or cancel.',
  machine_failed: 'Mend the cause, then retry from where it stood before; or leave it as ended.',
};

/** What leads to an incident, latest first to be looked for. */
const CAUSES = new Set(['actor.failed', 'activity.failed', 'event.received', 'timer.fired']);

export function openIncident(kind: IncidentKind, stand: Stand, facts: readonly TurnFact[]): IncidentRecord {
  const cause = facts.findLast((fact) => CAUSES.has(fact.type)) ?? { type: 'state.changed', data: {} };
  return {
    incidentId: `${stand.actorId}:${stand.revision}`,
    actorId: stand.actorId,
    machineId: stand.machineId,
    kind,
    status: stand.status,
    cause: JSON.stringify(cause),
    suggestedAction: ACTION[kind],
    openedAt: stand.now,
    resolvedAt: null,
    resolution: null,
    resolvedBy: null,
    reason: null,
  };
}

export function resolveIncident(open: IncidentRecord, mover: Mover, now: number): IncidentRecord {
  return { ...open, resolvedAt: now, resolution: mover.resolution, resolvedBy: mover.by, reason: mover.reason };
}

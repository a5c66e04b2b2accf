import type { WaitingFor } from '../model/bookkeeping.js';
import type { ActorHead, HistoryRecord, RuntimeStatus } from '../model/store.port.js';

/** An actor as applications see it. */
export interface ActorView {
  readonly id: string;
  readonly machineId: string;
  readonly machineVersion: string;
  readonly revision: number;
  readonly runtimeStatus: RuntimeStatus;
  readonly status: string;
  readonly outcome: string | null;
  readonly incident: boolean;
  readonly waitingFor: readonly WaitingFor[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly completedAt: number | null;
}

export interface HistoryEntry {
  readonly seq: number;
  readonly revision: number;
  readonly at: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function viewOf(head: ActorHead): ActorView {
  return {
    id: head.actorId,
    machineId: head.machineId,
    machineVersion: head.machineVersion,
    revision: head.revision,
    runtimeStatus: head.runtimeStatus,
    status: head.status,
    outcome: head.outcome,
    incident: head.incident,
    waitingFor: JSON.parse(head.waitingFor) as WaitingFor[], // written by the draft
    attributes: JSON.parse(head.attributes) as Record<string, string>, // as above
    createdAt: head.createdAt,
    updatedAt: head.updatedAt,
    completedAt: head.completedAt,
  };
}

export function entryOf(row: HistoryRecord): HistoryEntry {
  const { seq, revision, at, type } = row;
  return { seq, revision, at, type, data: JSON.parse(row.data) as Record<string, unknown> }; // written by the draft
}

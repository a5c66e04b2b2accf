/**
 * Incidents of one machine that no actor waits for. No turn opens or resolves them: a report opens one, and a person's note
 * resolves it.
 */
import { createHash } from 'node:crypto';
import { IncidentNeedsActionError, UnknownIncidentError } from '../model/durable-errors.js';
import { INCIDENTS, isAboutTheOutside } from '../model/incident-kinds.js';
import { type IncidentView, incidentOf } from './incident-view.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { DurableRuntime } from '../runtime/durable-runtime.js';
import type { IncidentRecord } from '../model/store.port.js';

export interface UnknownActorReport {
  /** The unknown id, as the sender gave it. */
  readonly id: string;
  /** Deduplicates: a second report of the same id and key changes nothing. */
  readonly key: string;
  /** Stable code of the report. */
  readonly code: string;
  /** One sentence. */
  readonly message: string;
  /** Redacted before it is stored. */
  readonly data: Readonly<Record<string, unknown>>;
}

const LONGEST_ID = 200;

export class Incidents {
  constructor(
    private readonly runtime: DurableRuntime,
    private readonly registration: Pick<RegisteredMachine, 'machineId' | 'redact'>,
  ) {}

  /** Records a report about an actor that does not exist. Durable when it resolves. @throws StoreUnavailableError */
  async reportUnknown({ id, key, code, message, data }: UnknownActorReport): Promise<void> {
    const { machineId, redact } = this.registration;
    const { action, advice } = INCIDENTS.unknown_actor;
    const name = createHash('sha256')
      .update(JSON.stringify([machineId, id, key]))
      .digest('base64url');
    await this.runtime.store.putIncident({
      incidentId: `unknown:${name}`,
      actorId: null,
      subjectId: id.slice(0, LONGEST_ID),
      machineId,
      kind: 'unknown_actor',
      status: '',
      cause: JSON.stringify({ code, message, type: 'actor.unknown', data: redact(data) }),
      suggestedAction: action,
      advice,
      openedAt: this.runtime.clock.now(),
      resolvedAt: null,
      resolution: null,
      resolvedBy: null,
      reason: null,
    });
  }

  /**
   * Resolves an incident with a person's note, of whichever machine. A resolved incident stays as it is.
   * @returns the stored incident.
   * @throws UnknownIncidentError @throws IncidentNeedsActionError when an actor waits for an action.
   */
  async acknowledge(
    incidentId: string,
    { by, reason }: { readonly by: string; readonly reason: string },
  ): Promise<IncidentView> {
    const { store, clock } = this.runtime;
    const open = await this.find(incidentId);
    if (open.resolvedAt !== null) return incidentOf(open);
    if (!isAboutTheOutside(open)) throw new IncidentNeedsActionError(incidentId, open.kind);
    const resolvedAt = clock.now();
    await store.putIncident({ ...open, resolvedAt, resolution: 'acknowledged', resolvedBy: by, reason });
    // Another person may have been faster: the stored row counts.
    return incidentOf(await this.find(incidentId));
  }

  private async find(incidentId: string): Promise<IncidentRecord> {
    const found = await this.runtime.store.findIncident(incidentId);
    if (found === null) throw new UnknownIncidentError(incidentId);
    return found;
  }
}

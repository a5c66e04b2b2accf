/**
 * Incidents of one machine that are about the world outside: no actor waits for them, and no turn resolves them. They are
 * rows of their own, written when somebody reports them and resolved when somebody says what they did.
 */
import { createHash } from 'node:crypto';
import { IncidentNeedsActionError, UnknownIncidentError } from '../model/durable-errors.js';
import { INCIDENTS, isAboutTheOutside } from '../model/incident-kinds.js';
import { type IncidentView, incidentOf } from './incident-view.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { DurableRuntime } from '../runtime/durable-runtime.js';
import type { IncidentRecord } from '../model/store.port.js';

export interface UnknownActorReport {
  /** As the sender named it. */
  readonly id: string;
  /** Deduplicates: the same report again changes nothing, resolved or not. */
  readonly key: string;
  /** Stable, of what was reported. */
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

  /** Somebody outside speaks of an actor that is not there. Durable when it resolves. @throws StoreUnavailableError */
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
   * A person has put right what was to be put right. One that is resolved already stays as it was.
   * @returns the incident as it is stored then.
   * @throws UnknownIncidentError @throws IncidentNeedsActionError when an actor waits for more than words.
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
    // Somebody may have been faster: what is stored counts.
    return incidentOf(await this.find(incidentId));
  }

  private async find(incidentId: string): Promise<IncidentRecord> {
    const found = await this.runtime.store.findIncident(incidentId);
    if (found?.machineId !== this.registration.machineId) throw new UnknownIncidentError(incidentId);
    return found;
  }
}

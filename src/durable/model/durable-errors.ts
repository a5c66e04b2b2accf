import { CodedError } from './coded-error.js';

/** Errors of the runtime's public methods. */
export abstract class DurableError extends CodedError {
  /** Whether the same call may succeed later. */
  abstract readonly retryable: boolean;
}

export class UnknownActorError extends DurableError {
  override readonly name = 'UnknownActorError';
  readonly kind = 'not_found';
  readonly code = 'actor_unknown';
  readonly retryable = false;
  constructor(readonly actorId: string) {
    super(`There is no actor ${actorId}.`);
  }
}

/** Another actor that has not ended has the unique key of the one that was to start; nothing was started. */
export class UniqueKeyTakenError extends DurableError {
  override readonly name = 'UniqueKeyTakenError';
  readonly kind = 'conflict';
  readonly code = 'live_key_taken';
  readonly retryable = true;
  constructor(
    /** Who has it. */
    readonly actorId: string,
    readonly uniqueKey: string,
  ) {
    super(`${actorId} has not ended, and is the only one that may have ${uniqueKey}.`);
  }
}

export class UnknownIncidentError extends DurableError {
  override readonly name = 'UnknownIncidentError';
  readonly kind = 'not_found';
  readonly code = 'incident_unknown';
  override readonly title = 'Incident not found';
  readonly retryable = false;
  constructor(readonly incidentId: string) {
    super(`There is no incident ${incidentId}.`);
  }
}

/** An actor waits: words do not help it, a retry, a skip or an end does. */
export class IncidentNeedsActionError extends DurableError {
  override readonly name = 'IncidentNeedsActionError';
  readonly kind = 'conflict';
  readonly code = 'incident_needs_action';
  readonly retryable = false;
  constructor(
    readonly incidentId: string,
    kind: string,
  ) {
    super(`An incident of kind ${kind} is resolved by what is done to its actor, not by a note.`);
  }
}

export class DrainingError extends DurableError {
  override readonly name = 'DrainingError';
  readonly kind = 'unavailable';
  readonly code = 'draining';
  override readonly title = 'Shutting down';
  readonly retryable = true;
  constructor() {
    super('This node is shutting down and takes no new work.');
  }
}

/** A stored snapshot does not fit the machine it is to run on. */
export class SnapshotIncompatibleError extends DurableError {
  override readonly name = 'SnapshotIncompatibleError';
  readonly kind = 'conflict';
  readonly code = 'snapshot_misfit';
  readonly retryable = false;
  constructor(
    readonly actorId: string,
    readonly problems: readonly string[],
  ) {
    super(`The snapshot of ${actorId} does not fit its machine: ${problems.join('; ')}.`);
  }
}

/** A machine uses something that cannot be made durable; the message says what to write instead. */
export class NotDurableError extends DurableError {
  override readonly name = 'NotDurableError';
  readonly kind = 'defect';
  readonly code = 'machine_not_durable';
  readonly retryable = false;
}

/** A turn took more steps than any machine that settles: eventless transitions or events lead to each other for ever. */
export class TurnUnboundedError extends DurableError {
  override readonly name = 'TurnUnboundedError';
  readonly kind = 'defect';
  readonly code = 'turn_unbounded';
  readonly retryable = false;
  constructor(maxSteps: number) {
    super(
      `The machine did not settle within ${maxSteps} steps: eventless transitions, raised events or events between ` +
        'its actors lead to each other for ever.',
    );
  }
}

export class UnknownMachineError extends DurableError {
  override readonly name = 'UnknownMachineError';
  readonly kind = 'conflict';
  readonly code = 'machine_unknown';
  readonly retryable = false;
  constructor(machineId: string, version: string | null = null) {
    super(`No machine ${machineId}${version === null ? '' : ` of version ${version}`} is registered here.`);
  }
}

export class WaitTimeoutError extends DurableError {
  override readonly name = 'WaitTimeoutError';
  readonly kind = 'defect';
  readonly code = 'wait_timeout';
  readonly retryable = true;
  constructor(actorId: string, timeoutMs: number) {
    super(`${actorId} did not get there within ${timeoutMs} ms.`);
  }
}

/** The database cannot answer now; trying again later may help. */
export class StoreUnavailableError extends DurableError {
  override readonly name: string = 'StoreUnavailableError';
  readonly kind = 'unavailable';
  readonly code: string = 'store_unavailable';
  override readonly title: string = 'Database unavailable';
  readonly retryable = true;
}

/**
 * Another transaction was faster, or held a lock: the database rolled this one back, and nothing of it was written. The database
 * is not away: the same work may succeed at once.
 */
export class LostRaceError extends StoreUnavailableError {
  override readonly name = 'LostRaceError';
}

/** More is under way than the database takes. Nothing was accepted. */
export class OverloadedError extends StoreUnavailableError {
  override readonly name = 'OverloadedError';
  override readonly code = 'overloaded';
  override readonly title = 'Overloaded';
  /** Whole seconds after which to try again, 1 to 30. */
  readonly retryAfter: number;
  /** @param waitMs how long the caller would have waited. */
  constructor(waitMs: number) {
    super('More is under way than can be stored now; nothing was accepted.');
    this.retryAfter = Math.min(30, Math.max(1, Math.ceil(waitMs / 1_000)));
  }
}

/**
 * What an activity throws to say whether trying again can help, and what the runtime says in an activity's place.
 *
 * All the machine sees of an error is its name, code, message, `retryable` and `retryAfterMs` (see `toStoredError`), so any
 * error with these fields does as well. An error that says nothing counts as retryable.
 */
abstract class ActivityError extends Error {
  abstract readonly retryable: boolean;

  constructor(
    /** Stable, for guards and for people, e.g. `mailbox_full`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A technical failure: the same call may succeed later. */
export class RetryableError extends ActivityError {
  override readonly name: string = 'RetryableError';
  readonly retryable = true;
  /** Milliseconds to wait at least, when whoever was asked said so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, options?: ErrorOptions & { readonly retryAfterMs?: number }) {
    super(code, message, options);
    this.retryAfterMs = options?.retryAfterMs;
  }
}

/** A final refusal: no later call will succeed. */
export class TerminalError extends ActivityError {
  override readonly name: string = 'TerminalError';
  readonly retryable = false;
}

/** The activity's `timeoutMs` is over. */
export class ActivityTimeoutError extends RetryableError {
  override readonly name = 'ActivityTimeoutError';

  constructor(timeoutMs: number) {
    super('activity_timeout', `The activity took longer than ${timeoutMs} ms.`);
  }
}

/** The activity was silent for longer than its `heartbeatTimeoutMs`. */
export class ActivityHeartbeatError extends RetryableError {
  override readonly name = 'ActivityHeartbeatError';

  constructor(heartbeatTimeoutMs: number) {
    super('activity_heartbeat_missed', `The activity gave no sign of life for ${heartbeatTimeoutMs} ms.`);
  }
}

/**
 * The activity was handed out too often without a result: most likely it kills its process, so it was not run again.
 * Retryable all the same: nobody refused anything, and the machine's own bound of tries decides when a person is asked.
 */
export class PoisonActivityError extends RetryableError {
  override readonly name = 'PoisonActivityError';

  constructor(handedOut: number) {
    super('activity_poison', `The activity was handed out ${handedOut} times and never came back with a result.`);
  }
}

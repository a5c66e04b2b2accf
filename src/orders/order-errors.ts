import { CodedError, type FieldError } from '../durable/index.js';

/** What orders refuse. */
export abstract class OrderError extends CodedError {}

export class OrderNotFoundError extends OrderError {
  override readonly name = 'OrderNotFoundError';
  readonly kind = 'not_found';
  readonly code = 'order_not_found';
  constructor(readonly orderId: string) {
    super('There is no such order.');
  }
}

/** The order has ended. It takes neither events nor commands. */
export class OrderEndedError extends OrderError {
  override readonly name = 'OrderEndedError';
  readonly kind = 'gone';
  readonly code = 'order_ended';
  constructor(
    readonly orderId: string,
    readonly outcome: string | null,
  ) {
    super(`The order has ended${outcome === null ? '' : ` as ${outcome}`} and takes no event any more.`);
  }
}

/** The order cannot take this where it stands, and it is of no use to keep it for later. */
export class NotNowError extends OrderError {
  override readonly name = 'NotNowError';
  readonly kind = 'conflict';
  readonly code = 'not_now';
  constructor(
    readonly orderId: string,
    readonly event: string,
    /** Its status, or `suspended` and the like when that is why. */
    readonly where: string,
  ) {
    super(`The order cannot take ${event} while it is ${where}.`);
  }
}

/** The order keeps as many events as it may, and takes none of them yet. */
export class TooManyKeptError extends OrderError {
  override readonly name = 'TooManyKeptError';
  readonly kind = 'conflict';
  readonly code = 'too_many_kept';
  override readonly title = 'Too many events kept';
  constructor(readonly orderId: string) {
    super('The order keeps as many events as it may until it can take them. Nothing was added; send it again later.');
  }
}

/** The cart has an order that has not ended; there may be one at a time. */
export class CartHasLiveOrderError extends OrderError {
  override readonly name = 'CartHasLiveOrderError';
  readonly kind = 'conflict';
  readonly code = 'cart_has_live_order';
  constructor(
    /** The one that has not ended. */
    readonly orderId: string,
  ) {
    super(`The cart has order ${orderId}, which has not ended.`);
  }
}

/** The order has moved on since its caller saw it. */
export class RevisionMovedError extends OrderError {
  override readonly name = 'RevisionMovedError';
  readonly kind = 'precondition_failed';
  readonly code = 'revision_moved';
  override readonly title = 'Order has moved on';
  constructor(
    readonly orderId: string,
    /** The one the order has now. */
    readonly revision: number,
  ) {
    super(`The order has moved on: it is at revision ${revision} now.`);
  }
}

/** Only what has ended may be purged. */
export class OrderNotEndedError extends OrderError {
  override readonly name = 'OrderNotEndedError';
  readonly kind = 'conflict';
  readonly code = 'order_not_ended';
  override readonly title = 'Order has not ended';
  constructor(
    readonly orderId: string,
    readonly where: string,
  ) {
    super(`The order is ${where}: only one that has completed or was terminated may be purged.`);
  }
}

/** A correction of what the order does not know yet, or has built upon already. */
export class CorrectionConflictError extends OrderError {
  override readonly name = 'CorrectionConflictError';
  readonly kind = 'conflict';
  readonly code = 'correction_misfit';
  override readonly title = 'Correction does not fit';
  override readonly fields: readonly FieldError[];
  constructor(
    readonly orderId: string,
    readonly conflicts: readonly CorrectionConflict[],
  ) {
    super(conflicts.map(({ message }) => message).join(' '));
    this.fields = conflicts.map((conflict) => ({ ...conflict, field: `patch.${conflict.field}` }));
  }
}

export interface CorrectionConflict {
  /** Path into the correction. */
  readonly field: string;
  /** `unknown`: not there yet. `settled`: later steps rest on it. */
  readonly rule: 'unknown' | 'settled';
  readonly message: string;
}

/** What an operator supplied is no answer the skipped step could take. */
export class OutputInvalidError extends OrderError {
  override readonly name = 'OutputInvalidError';
  readonly kind = 'invalid';
  readonly code = 'output_invalid';
  override readonly fields: readonly FieldError[];
  constructor(
    readonly orderId: string,
    /** Each begins with the path of what is wrong, and a colon. */
    readonly problems: readonly string[],
  ) {
    super(problems.join('; '));
    this.fields = problems.map(outputProblem);
  }
}

/** `output.amount: must be …` is about the field `output.amount`. */
function outputProblem(message: string): FieldError {
  return { field: message.slice(0, Math.max(0, message.indexOf(':'))) || 'output', rule: 'isOutput', message };
}

/** The step that is to be skipped is not to be found among those that failed. */
export class SkipConflictError extends OrderError {
  override readonly name = 'SkipConflictError';
  readonly kind = 'conflict';
  readonly code = 'skip_misfit';
  override readonly title = 'Step cannot be skipped';
  constructor(
    readonly orderId: string,
    reason: 'nothing_to_skip' | 'activity_unknown' | 'activity_ambiguous',
  ) {
    super(SKIP_CONFLICTS[reason]);
  }
}

const SKIP_CONFLICTS = {
  nothing_to_skip: 'What the order waits for is no step that could be skipped.',
  activity_unknown: 'No step of this activityId has failed.',
  activity_ambiguous: 'Several steps have failed: say by activityId which is skipped.',
} as const;

export class CursorInvalidError extends OrderError {
  override readonly name = 'CursorInvalidError';
  readonly kind = 'invalid';
  readonly code = 'cursor_invalid';
  override readonly fields: readonly FieldError[];
  constructor(options?: ErrorOptions) {
    super('The cursor is not one this list gave out.', options);
    this.fields = [{ field: 'cursor', rule: 'isCursor', message: this.message }];
  }
}

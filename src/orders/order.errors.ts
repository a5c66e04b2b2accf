/** What the order service refuses. `code` is stable; `retryable` says whether the same call may succeed later. */
export abstract class OrderError extends Error {
  abstract readonly code: string;
  abstract readonly retryable: boolean;
}

export class OrderNotFoundError extends OrderError {
  override readonly name = 'OrderNotFoundError';
  readonly code = 'order_not_found';
  readonly retryable = false;
  constructor(readonly orderId: string) {
    super('There is no such order.');
  }
}

/** The order has ended: it takes no event and no command any more. */
export class OrderEndedError extends OrderError {
  override readonly name = 'OrderEndedError';
  readonly code = 'order_ended';
  readonly retryable = false;
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
  readonly code = 'not_now';
  readonly retryable = true;
  constructor(
    readonly orderId: string,
    readonly event: string,
    readonly status: string,
  ) {
    super(`The order cannot take ${event} while it is in ${status}.`);
  }
}

export class CursorInvalidError extends OrderError {
  override readonly name = 'CursorInvalidError';
  readonly code = 'cursor_invalid';
  readonly retryable = false;
  constructor(options?: ErrorOptions) {
    super('The cursor is not one this list gave out.', options);
  }
}

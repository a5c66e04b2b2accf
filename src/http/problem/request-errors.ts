import type { FieldError } from './problem.js';

/** What the HTTP layer itself refuses. Only the problem filter knows the status codes. */
export abstract class RequestError extends Error {
  abstract readonly code: string;
}

/** A body, parameter or header that breaks its rules. */
export class InvalidRequestError extends RequestError {
  override readonly name = 'InvalidRequestError';
  readonly code = 'request_invalid';
  constructor(readonly errors: readonly FieldError[]) {
    super(
      errors.map(({ field, message }) => (message.includes(field) ? message : `${field}: ${message}`)).join('; ') ||
        'The request is invalid.',
    );
  }
}

export class BodyMalformedError extends RequestError {
  override readonly name = 'BodyMalformedError';
  readonly code = 'body_malformed';
  constructor(options?: ErrorOptions) {
    super('The body is not valid JSON.', options);
  }
}

/** The key is that of another request: nothing was done. */
export class IdempotencyKeyReusedError extends RequestError {
  override readonly name = 'IdempotencyKeyReusedError';
  readonly code = 'idempotency_key_reused';
  constructor() {
    super('This Idempotency-Key was used for another request. A new request needs a new key.');
  }
}

/** The first request under the key has no answer yet. */
export class IdempotencyKeyInProgressError extends RequestError {
  override readonly name = 'IdempotencyKeyInProgressError';
  readonly code = 'idempotency_key_in_progress';
  constructor() {
    super('The request of this Idempotency-Key is still being worked on. Ask again for its answer.');
  }
}

/** The route wants to be told of which revision the caller knows. */
export class PreconditionRequiredError extends RequestError {
  override readonly name = 'PreconditionRequiredError';
  readonly code = 'precondition_required';
  constructor() {
    super('This needs the header If-Match with the ETag of the order as you have seen it.');
  }
}

/** The cart has an order that has not ended. */
export class LiveOrderError extends RequestError {
  override readonly name = 'LiveOrderError';
  readonly code = 'cart_has_live_order';
  constructor(
    readonly liveOrder: { readonly id: string; readonly statusQueryGetUri: string },
    options?: ErrorOptions,
  ) {
    super('The cart has an order that has not ended. Follow that one, cancel it, or order from another cart.', options);
  }
}

export class MediaTypeUnsupportedError extends RequestError {
  override readonly name = 'MediaTypeUnsupportedError';
  readonly code = 'media_type_unsupported';
  constructor() {
    super('The body must be sent as application/json.');
  }
}

export class KeyRequiredError extends RequestError {
  override readonly name = 'KeyRequiredError';
  readonly code = 'key_required';
  constructor() {
    super('This needs a valid function key in the header x-functions-key.');
  }
}

export class RoleInsufficientError extends RequestError {
  override readonly name = 'RoleInsufficientError';
  readonly code = 'role_insufficient';
  constructor() {
    super('The key or token is valid, but not for this.');
  }
}

export class RateLimitedError extends RequestError {
  override readonly name = 'RateLimitedError';
  readonly code = 'rate_limited';
  constructor(
    /** Whole seconds, 1 at least. */
    readonly retryAfter: number,
  ) {
    super('Too many requests. Wait a little.');
  }
}

export class SignatureInvalidError extends RequestError {
  override readonly name = 'SignatureInvalidError';
  readonly code = 'signature_invalid';
  constructor(options?: ErrorOptions) {
    super('The signature is missing, wrong or too old.', options);
  }
}

export class MethodNotAllowedError extends RequestError {
  override readonly name = 'MethodNotAllowedError';
  readonly code = 'method_not_allowed';
  constructor(readonly allow: readonly string[]) {
    super(`Only ${allow.join(', ')} is allowed here.`);
  }
}

export class RouteUnknownError extends RequestError {
  override readonly name = 'RouteUnknownError';
  readonly code = 'route_unknown';
  constructor() {
    super('There is nothing here.');
  }
}

/** A demo's partner did not do what it was asked; only the demo throws it. */
export class DemoFailedError extends RequestError {
  override readonly name = 'DemoFailedError';
  readonly code = 'demo_failed';
  constructor(options?: ErrorOptions) {
    super('The partner sandbox did not do this; the log tells why.', options);
  }
}

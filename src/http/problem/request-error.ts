import { CodedError, type ErrorKind, type FieldError } from '../../durable/index.js';

interface Told {
  readonly title?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fields?: readonly FieldError[];
  /** Additional members of the problem. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An error with which the HTTP layer refuses a request. */
export class RequestError extends CodedError {
  override readonly name = 'RequestError';
  declare readonly title?: string;
  declare readonly fields?: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    { title, headers = {}, fields, extensions = {}, cause }: Told = {},
  ) {
    super(message, { cause });
    if (title !== undefined) this.title = title;
    if (fields !== undefined) this.fields = fields;
    this.headers = headers;
    this.extensions = extensions;
  }
}

/** The order does not exist, or the caller may not learn that it exists. */
export const orderUnknown = (): RequestError =>
  new RequestError('not_found', 'order_not_found', 'There is no such order.');

/** A body, parameter or header breaks a rule. */
export function invalidRequest(fields: readonly FieldError[]): RequestError {
  return new RequestError('invalid', 'request_invalid', sentenceOf(fields), { title: 'Invalid request', fields });
}

export const cursorInvalid = (): RequestError =>
  invalidRequest([{ field: 'cursor', rule: 'isCursor', message: 'The cursor is not one this list gave out.' }]);

export const bodyMalformed = (cause?: unknown): RequestError =>
  new RequestError('invalid', 'body_malformed', 'The body is not valid JSON.', { title: 'Malformed body', cause });

/** The idempotency key belongs to another request. The service did nothing. */
export const idempotencyKeyReused = (): RequestError =>
  new RequestError(
    'unprocessable',
    'idempotency_key_reused',
    'This Idempotency-Key was used for another request. A new request needs a new key.',
    { title: 'Idempotency-Key reused' },
  );

/** The first request with this idempotency key is still in progress. */
export const idempotencyKeyInProgress = (): RequestError =>
  new RequestError(
    'conflict',
    'idempotency_key_in_progress',
    'The request of this Idempotency-Key is still being worked on. Ask again for its answer.',
    { title: 'Idempotency-Key in progress', headers: { 'Retry-After': '1' } },
  );

/** The route requires the revision that the caller has seen. */
export const preconditionRequired = (): RequestError =>
  new RequestError(
    'precondition_required',
    'precondition_required',
    'This needs the header If-Match with the ETag of the order as you have seen it.',
  );

/** None of the ETags can match any revision of the order. */
export const etagUnmatched = (): RequestError =>
  new RequestError(
    'precondition_failed',
    'etag_unmatched',
    'If-Match is compared strongly (RFC 9110, 13.1.1): a weak ETag such as W/"7", which a proxy that compresses makes of ' +
      'ours, matches nothing, and neither does one of another origin. Send the number of the header Order-Revision in quotes.',
    { title: 'ETag cannot match' },
  );

/** The cart has an order that has not ended. */
export const liveOrder = (
  live: { readonly id: string; readonly statusQueryGetUri: string },
  cause?: unknown,
): RequestError =>
  new RequestError(
    'conflict',
    'cart_has_live_order',
    'The cart has an order that has not ended. Follow that one, cancel it, or order from another cart.',
    { title: 'Cart has a live order', extensions: { liveOrder: live }, cause },
  );

export const mediaTypeUnsupported = (): RequestError =>
  new RequestError('media_type_unsupported', 'media_type_unsupported', 'The body must be sent as application/json.', {
    title: 'Unsupported media type',
  });

/** A 401 must name the scheme of authentication (RFC 9110, section 11.6.1). */
const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="orders"' };

export const keyRequired = (): RequestError =>
  new RequestError(
    'unauthenticated',
    'key_required',
    'This needs a valid function key in the header x-functions-key.',
    {
      headers: CHALLENGE,
    },
  );

/** The key or token was valid once. */
export function credentialLapsed(kind: 'key' | 'order', why: 'expired' | 'revoked'): RequestError {
  const what = kind === 'key' ? 'function key' : 'token';
  const sentence = why === 'expired' ? `This ${what} has expired.` : `This ${what} was revoked.`;
  return new RequestError('unauthenticated', `${kind === 'key' ? 'key' : 'token'}_${why}`, sentence, {
    headers: { 'WWW-Authenticate': 'Bearer realm="orders", error="invalid_token"' },
  });
}

export const keyUnknown = (): RequestError =>
  new RequestError('not_found', 'key_not_found', 'No configured key has this fingerprint.');

/** Without an admin key nobody could revoke keys or read the audit log. */
export const lastAdminKey = (): RequestError =>
  new RequestError(
    'conflict',
    'key_last_admin',
    'This is the last key of an admin that is in force. Configure another one in ACCESS_KEYS first.',
    { title: 'Last key of an admin' },
  );

export const roleInsufficient = (): RequestError =>
  new RequestError('forbidden', 'role_insufficient', 'The key or token is valid, but not for this.');

/** A page of another site sent the request, and the service requires no key. */
export const siteForeign = (why: string): RequestError =>
  new RequestError(
    'forbidden',
    'site_foreign',
    `${why} Without keys the service answers its own pages and tools alone: set ORDER_API_KEYS, or PUBLIC_URL to its name.`,
    { title: 'Foreign site' },
  );

/** @param retryAfter whole seconds, at least 1. */
export const rateLimited = (retryAfter: number): RequestError =>
  new RequestError('rate_limited', 'rate_limited', 'Too many requests. Wait a little.', {
    title: 'Too many requests',
    headers: { 'Retry-After': String(retryAfter) },
  });

export const signatureInvalid = (cause?: unknown): RequestError =>
  new RequestError('unauthenticated', 'signature_invalid', 'The signature is missing, wrong or too old.', { cause });

export const methodNotAllowed = (allow: readonly string[]): RequestError =>
  new RequestError('method_not_allowed', 'method_not_allowed', `Only ${allow.join(', ')} is allowed here.`, {
    headers: { Allow: allow.join(', ') },
  });

export const routeUnknown = (): RequestError =>
  new RequestError('not_found', 'route_unknown', 'There is nothing here.', { title: 'Not found' });

/** A partner of the demo refused. Only the demo throws it. */
export const demoFailed = (cause?: unknown): RequestError =>
  new RequestError('bad_gateway', 'demo_failed', 'The partner sandbox did not do this; the log tells why.', { cause });

/** Joins the messages about all invalid fields into one text. */
function sentenceOf(fields: readonly FieldError[]): string {
  const each = fields.map(({ field, message }) => (message.includes(field) ? message : `${field}: ${message}`));
  return each.join('; ') || 'The request is invalid.';
}

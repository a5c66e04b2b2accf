import { HttpException } from '@nestjs/common';
import {
  DrainingError,
  IncidentNeedsActionError,
  SnapshotIncompatibleError,
  StoreUnavailableError,
  UnknownActorError,
  UnknownIncidentError,
  UnknownMachineError,
} from '../../durable/index.js';
import {
  CorrectionConflictError,
  CursorInvalidError,
  NotNowError,
  OrderEndedError,
  OrderNotEndedError,
  OrderNotFoundError,
  OutputInvalidError,
  RevisionMovedError,
  SkipConflictError,
} from '../../orders/order-errors.js';
import { PushError } from '../../push/push-errors.js';
import { FeatureError } from './feature-error.js';
import type { FieldError } from './problem.js';
import {
  BodyMalformedError,
  DemoFailedError,
  IdempotencyKeyInProgressError,
  IdempotencyKeyReusedError,
  InvalidRequestError,
  KeyRequiredError,
  LiveOrderError,
  MediaTypeUnsupportedError,
  MethodNotAllowedError,
  PreconditionRequiredError,
  RateLimitedError,
  RequestError,
  RoleInsufficientError,
  RouteUnknownError,
  SignatureInvalidError,
} from './request-errors.js';

/** An error's answer, apart from what belongs to the one request. */
export interface ProblemResponse {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors?: readonly FieldError[];
  /** Members of the problem beyond the usual ones. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Seconds a caller is asked to wait while we cannot store anything, or go down. */
const RETRY_AFTER = { 'Retry-After': '2' };

/** RFC 9110, section 11.6.1: a 401 says how to identify oneself. */
const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="orders"' };

/** The one place that knows which error is which HTTP status. What it does not know is a defect: 500, without details. */
export function answerTo(error: unknown): ProblemResponse {
  if (error instanceof OrderNotFoundError || error instanceof UnknownActorError) {
    return answer(404, 'order_not_found', 'Order not found', 'There is no such order.');
  }
  if (error instanceof OrderEndedError) return answer(410, error.code, 'Order ended', error.message);
  if (error instanceof RevisionMovedError) {
    return answer(412, error.code, 'Order has moved on', error.message, { ETag: `"${error.revision}"` });
  }
  if (error instanceof OrderNotEndedError) return answer(409, error.code, 'Order has not ended', error.message);
  if (error instanceof NotNowError) return answer(409, error.code, 'Not now', error.message);
  if (error instanceof CorrectionConflictError) {
    const errors = error.conflicts.map((misfit) => ({ ...misfit, field: `patch.${misfit.field}` }));
    return { ...answer(409, error.code, 'Correction does not fit', error.message), errors };
  }
  if (error instanceof SkipConflictError) return answer(409, error.code, 'Step cannot be skipped', error.message);
  if (error instanceof OutputInvalidError) return invalid(error.problems.map(outputProblem));
  if (error instanceof SnapshotIncompatibleError || error instanceof UnknownMachineError) {
    return answer(
      409,
      'order_needs_operator',
      'Order needs an operator',
      'The deployed version cannot carry this order on, and nothing of it has changed. Its operators know; try again later.',
    );
  }
  if (error instanceof UnknownIncidentError) return answer(404, error.code, 'Incident not found', error.message);
  if (error instanceof IncidentNeedsActionError) return answer(409, error.code, 'Incident needs action', error.message);
  if (error instanceof CursorInvalidError) {
    return invalid([{ field: 'cursor', rule: 'isCursor', message: error.message }]);
  }
  if (error instanceof StoreUnavailableError) {
    return answer(
      503,
      error.code,
      'Database unavailable',
      'Nothing can be stored or read now. Try again.',
      RETRY_AFTER,
    );
  }
  if (error instanceof DrainingError) return answer(503, error.code, 'Shutting down', error.message, RETRY_AFTER);
  if (error instanceof RequestError) return answerToRequest(error);
  if (error instanceof FeatureError) return answerToFeature(error);
  if (error instanceof PushError) return answerToPush(error);
  const status = httpStatusOf(error);
  return status === undefined || status >= 500 ? DEFECT : answerToFramework(status);
}

const DEFECT = answer(
  500,
  'internal_error',
  'Internal error',
  'The request failed. The log has the details under its traceId.',
);

const FEATURE_STATUS = { unknown: 404, not_now: 409, ended: 410 } as const satisfies Record<
  FeatureError['kind'],
  number
>;

function answerToFeature({ kind, code, message }: FeatureError): ProblemResponse {
  return answer(FEATURE_STATUS[kind], code, titleOf(code), message);
}

/** `return_not_found` is titled "Return not found". */
const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');

function answerToPush({ kind, code, message, field }: PushError): ProblemResponse {
  if (field !== undefined) return invalid([{ field: field.name, rule: field.rule, message }]);
  if (kind === 'busy') return answer(503, code, titleOf(code), message, RETRY_AFTER);
  return answer(kind === 'unknown' ? 404 : 409, code, titleOf(code), message);
}

function answerToRequest(error: RequestError): ProblemResponse {
  const { code, message } = error;
  if (error instanceof InvalidRequestError) return invalid(error.errors);
  if (error instanceof BodyMalformedError) return answer(400, code, 'Malformed body', message);
  if (error instanceof KeyRequiredError) return answer(401, code, 'Key required', message, CHALLENGE);
  if (error instanceof RoleInsufficientError) return answer(403, code, 'Role insufficient', message);
  if (error instanceof RateLimitedError) {
    return answer(429, code, 'Too many requests', message, { 'Retry-After': String(error.retryAfter) });
  }
  if (error instanceof IdempotencyKeyReusedError) return answer(422, code, 'Idempotency-Key reused', message);
  if (error instanceof IdempotencyKeyInProgressError) {
    return answer(409, code, 'Idempotency-Key in progress', message, { 'Retry-After': '1' });
  }
  if (error instanceof PreconditionRequiredError) return answer(428, code, 'Precondition required', message);
  if (error instanceof LiveOrderError) {
    return { ...answer(409, code, 'Cart has a live order', message), extensions: { liveOrder: error.liveOrder } };
  }
  if (error instanceof SignatureInvalidError) return answer(401, code, 'Signature invalid', message);
  if (error instanceof RouteUnknownError) return answer(404, code, 'Not found', message);
  if (error instanceof MethodNotAllowedError) {
    return answer(405, code, 'Method not allowed', message, { Allow: error.allow.join(', ') });
  }
  if (error instanceof MediaTypeUnsupportedError) return answer(415, code, 'Unsupported media type', message);
  if (error instanceof DemoFailedError) return answer(502, code, 'Demo failed', message);
  return DEFECT;
}

/** Errors of Nest (unknown routes) and of the body parser, by their status. Their own messages may quote the request. */
function answerToFramework(status: number): ProblemResponse {
  switch (status) {
    case 400:
      return answerToRequest(new BodyMalformedError());
    case 404:
      return answerToRequest(new RouteUnknownError());
    case 413:
      return answer(413, 'body_too_large', 'Body too large', 'The body is larger than 100 kB.');
    case 415:
      return answerToRequest(new MediaTypeUnsupportedError());
    default:
      return answer(status, 'request_refused', 'Request refused', 'The request cannot be served.');
  }
}

/** `output.amount: must be …` is about the field `output.amount`. */
function outputProblem(message: string): FieldError {
  return { field: message.slice(0, Math.max(0, message.indexOf(':'))) || 'output', rule: 'isOutput', message };
}

/** Nest's exceptions, and http-errors of middleware. */
function httpStatusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status;
  return undefined;
}

function invalid(errors: readonly FieldError[]): ProblemResponse {
  const detail = new InvalidRequestError(errors).message;
  return { ...answer(400, 'request_invalid', 'Invalid request', detail), errors };
}

function answer(
  status: number,
  code: string,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): ProblemResponse {
  return { status, code, title, detail, headers };
}

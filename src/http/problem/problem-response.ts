import { HttpException } from '@nestjs/common';
import { CodedError, type ErrorKind, type FieldError, OverloadedError } from '../../durable/index.js';
import { bodyMalformed, invalidRequest, mediaTypeUnsupported, RequestError, routeUnknown } from './request-error.js';

/** The response to an error, without the parts that belong to one request. */
export interface ProblemResponse {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors?: readonly FieldError[];
  /** Additional members of the problem. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** HTTP status of each kind of error. No other place maps them. */
const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  media_type_unsupported: 415,
  unprocessable: 422,
  precondition_required: 428,
  rate_limited: 429,
  defect: 500,
  bad_gateway: 502,
  unavailable: 503,
};

/** Seconds until a caller should try again while the service is unavailable. */
const RETRY_AFTER = { 'Retry-After': '2' };

type Wording = Partial<Pick<ProblemResponse, 'code' | 'title' | 'detail'>>;

const NEEDS_OPERATOR: Wording = {
  code: 'order_needs_operator',
  title: 'Order needs an operator',
  detail:
    'The deployed version cannot carry this order on, and nothing of it has changed. Its operators know; try again later.',
};

/** Replaces the words of runtime errors whose own message contains too much or too little for a client. */
const WORDING: Readonly<Record<string, Wording>> = {
  actor_unknown: { code: 'order_not_found', title: 'Order not found', detail: 'There is no such order.' },
  machine_unknown: NEEDS_OPERATOR,
  snapshot_misfit: NEEDS_OPERATOR,
  store_unavailable: { detail: 'Nothing can be stored or read now. Try again.' },
};

const DEFECT: ProblemResponse = {
  status: STATUS_OF_KIND.defect,
  code: 'internal_error',
  title: 'Internal error',
  detail: 'The request failed. The log has the details under its traceId.',
  headers: {},
};

/** An error that is no CodedError and has no HTTP status is a defect. It becomes a 500 without details. */
export function problemResponseOf(error: unknown): ProblemResponse {
  if (error instanceof CodedError) return responseOf(error);
  const status = httpStatusOf(error);
  return status === undefined || status >= 500 ? DEFECT : responseOfFramework(status);
}

function responseOf(error: CodedError): ProblemResponse {
  const { kind, code, message, fields } = error;
  if (kind === 'defect') return DEFECT;
  // Clients get one code for every invalid field, no matter which error class reports it.
  if (kind === 'invalid' && fields !== undefined && !(error instanceof RequestError))
    return responseOf(invalidRequest(fields));
  return {
    status: STATUS_OF_KIND[kind],
    code,
    title: error.title ?? titleOf(code),
    detail: message,
    headers: headersOf(error),
    ...WORDING[code],
    ...(fields === undefined ? {} : { errors: fields }),
    ...(error instanceof RequestError ? { extensions: error.extensions } : {}),
  };
}

function headersOf(error: CodedError): Readonly<Record<string, string>> {
  if (error instanceof RequestError) return error.headers;
  if (error instanceof OverloadedError) return { 'Retry-After': String(error.retryAfter) };
  if (error.kind === 'unavailable') return RETRY_AFTER;
  return error.kind === 'precondition_failed' && 'revision' in error ? { ETag: `"${String(error.revision)}"` } : {};
}

/** The title of `return_not_found` is "Return not found". */
const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');

/** Maps errors of Nest (unknown routes) and of the body parser. Drops their messages, which may quote the request. */
function responseOfFramework(status: number): ProblemResponse {
  switch (status) {
    case 400:
      return responseOf(bodyMalformed());
    case 404:
      return responseOf(routeUnknown());
    case 413:
      return {
        status,
        code: 'body_too_large',
        title: 'Body too large',
        detail:
          'The body is larger than this route takes: 8 kB for commands, 100 kB for webhooks, corrections and outputs.',
        headers: {},
      };
    case 415:
      return responseOf(mediaTypeUnsupported());
    default:
      return {
        status,
        code: 'request_refused',
        title: 'Request refused',
        detail: 'The request cannot be served.',
        headers: {},
      };
  }
}

/** Reads the status of Nest's exceptions and of the http-errors that middleware throws. */
function httpStatusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status;
  return undefined;
}

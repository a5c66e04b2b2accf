/**
 * Keeps secrets out of all log lines.
 *
 * It logs only the name, code, message, stack and causes of an error. Other fields may hold secrets: an AxiosError has
 * the request with its Authorization header, and the error of a failed statement has the rows.
 */

export const HIDDEN = '[redacted]';

const SECRET_FIELDS = [
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'x-functions-key',
  'x-api-key',
  'webhook-signature',
  'stripe-signature',
  'password',
  'secret',
  'token',
  'accessToken',
  'apiKey',
  'key',
  'idempotencyKey',
  'email',
  'address',
] as const;

const bracketed = SECRET_FIELDS.map((field) => `["${field}"]`);

/** Paths for pino: secret fields at the top of a line, one level below, and in headers. */
export const SECRET_PATHS: readonly string[] = bracketed.flatMap((field) => [
  field,
  `*${field}`,
  `*.headers${field}`,
  `*.config.headers${field}`,
]);

interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/** The log includes this many levels of causes. */
const DEEPEST_CAUSE = 4;

/** Reduces an error to its loggable fields. Returns any other value unchanged. */
export function loggedError(error: unknown): unknown {
  return error instanceof Error ? describe(error, DEEPEST_CAUSE) : error;
}

function describe(error: Error, depth: number): LoggedError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: withoutSecrets(error.message),
    ...(error.stack === undefined ? {} : { stack: withoutSecrets(error.stack) }),
    ...(error.cause instanceof Error && depth > 0 ? { cause: describe(error.cause, depth - 1) } : {}),
  };
}

/** Applies {@link loggedError} to every error among the fields of a line. */
export function withLoggedErrors(fields: Record<string, unknown>): Record<string, unknown> {
  if (!Object.values(fields).some((value) => value instanceof Error)) return fields;
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, loggedError(value)]));
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // user:password@ in a connection string
  [/(:\/\/[^\s:/@]{1,200}):[^\s@/]{1,500}@/g, `$1:${HIDDEN}@`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{4,}/gi, `$1 ${HIDDEN}`],
  // query strings
  [/(https?:\/\/[^\s?#"']{1,2000})\?[^\s#"']+/g, `$1?${HIDDEN}`],
  [/\bwhsec_[\w+/=-]+/g, `whsec_${HIDDEN}`],
  // access tokens of orders
  [/\b(order_[0-9a-f]{8})[0-9a-f-]{28}_[\w-]{20,}/gi, `$1${HIDDEN}`],
];

export function withoutSecrets(text: string): string {
  return PATTERNS.reduce((cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement), text);
}

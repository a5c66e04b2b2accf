/**
 * What no log line may hold, whoever writes it. An error is told by its name, code, message, stack and causes, and by nothing
 * else it carries: an AxiosError carries the request with its Authorization header, a failed statement the rows.
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

/** Paths for pino: a secret field of a line, of what a line tells of, and of headers in it. */
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

/** Causes of causes are told so deep. */
const DEEPEST_CAUSE = 4;

/** An error for the log; anything else as it is. */
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

/** The fields of a line with every error among them as {@link loggedError} has it. */
export function withLoggedErrors(fields: Record<string, unknown>): Record<string, unknown> {
  if (!Object.values(fields).some((value) => value instanceof Error)) return fields;
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, loggedError(value)]));
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // user:password@ of a connection string
  [/(:\/\/[^\s:/@]{1,200}):[^\s@/]{1,500}@/g, `$1:${HIDDEN}@`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{4,}/gi, `$1 ${HIDDEN}`],
  // query strings
  [/(https?:\/\/[^\s?#"']{1,2000})\?[^\s#"']+/g, `$1?${HIDDEN}`],
  [/\bwhsec_[\w+/=-]+/g, `whsec_${HIDDEN}`],
  // tokens of orders
  [/\b(order_[0-9a-f]{8})[0-9a-f-]{28}_[\w-]{20,}/gi, `$1${HIDDEN}`],
];

export function withoutSecrets(text: string): string {
  return PATTERNS.reduce((cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement), text);
}

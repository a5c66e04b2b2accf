/** What sort of no an error is; each protocol has one table of what it answers to which kind. */
export type ErrorKind =
  | 'bad_gateway'
  | 'conflict'
  | 'defect'
  | 'forbidden'
  | 'gone'
  | 'invalid'
  | 'media_type_unsupported'
  | 'method_not_allowed'
  | 'not_found'
  | 'precondition_failed'
  | 'precondition_required'
  | 'rate_limited'
  | 'unauthenticated'
  | 'unavailable'
  | 'unprocessable';

export interface FieldError {
  /** Path into the body, or the name of the parameter or header. */
  readonly field: string;
  /** The rule it breaks, e.g. `isInt`. */
  readonly rule: string;
  readonly message: string;
}

/** An error that its receiver can act on. Its message is for people, and holds no secret. */
export abstract class CodedError extends Error {
  abstract readonly kind: ErrorKind;
  /** Stable, in snake_case. */
  abstract readonly code: string;
  /** Heading for people. Absent: the words of the code. */
  declare readonly title?: string;
  /** What is wrong with which field. */
  declare readonly fields?: readonly FieldError[];
}

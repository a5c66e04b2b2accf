import type { FieldError } from '../../durable/index.js';

/** The body of an error response: RFC 9457 with the extensions code, traceId and errors. */
export interface Problem {
  /** `urn:durable-orders:problem:<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Path of the request. */
  readonly instance: string;
  /** Names the error. It never changes, so clients may compare it. */
  readonly code: string;
  /** The request's id, as in the log. */
  readonly traceId: string;
  /** The invalid fields. Present only when the request was invalid. */
  readonly errors?: readonly FieldError[];
}

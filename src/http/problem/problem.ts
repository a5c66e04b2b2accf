import type { FieldError } from '../../durable/index.js';

/** An error as it leaves the service: RFC 9457 with the extensions code, traceId and errors. */
export interface Problem {
  /** `urn:durable-orders:problem:<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Path of the request. */
  readonly instance: string;
  /** Stable. */
  readonly code: string;
  /** The request's id, as in the log. */
  readonly traceId: string;
  /** What is wrong with which field; only when the request was invalid. */
  readonly errors?: readonly FieldError[];
}

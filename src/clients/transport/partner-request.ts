import type { z } from 'zod';
import type { PartnerName } from '../../orders/ports/partner-error.js';

/** One call to a partner. */
export interface PartnerQuestion {
  readonly partner: PartnerName;
  readonly method: 'GET' | 'POST';
  /** Segments of the path below the base URL, not encoded. */
  readonly path: readonly string[];
  readonly body?: RequestBody;
}

/** A call and the rules for reading its response. */
export interface PartnerRequest<Answer> extends PartnerQuestion {
  readonly answer: z.ZodType<Answer>;
  /** Checks what the schema cannot, e.g. that the response is about the requested id. Returns the broken rule in words, or null. */
  readonly validate?: (answer: Answer) => string | null;
  readonly refusals?: Refusals;
}

interface RequestBody {
  readonly schema: z.ZodType;
  /** Called for each request. A throw makes the call fail as `partner_unavailable` (retryable). */
  readonly content: () => unknown;
}

/** Stable codes for the partner's refusals (4xx) by HTTP status. `otherwise` covers the other statuses. */
export interface Refusals {
  readonly [status: number]: string;
  readonly otherwise?: string;
}

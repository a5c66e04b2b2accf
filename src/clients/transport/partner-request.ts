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

/** A call, and how its answer is to be read. */
export interface PartnerRequest<Answer> extends PartnerQuestion {
  readonly answer: z.ZodType<Answer>;
  /** What the schema cannot know, e.g. that the answer is about what was asked. Returns the broken rule in words, or null. */
  readonly distrust?: (answer: Answer) => string | null;
  readonly refusals?: Refusals;
}

interface RequestBody {
  readonly schema: z.ZodType;
  /** Called when the request is made; what it throws counts as "unavailable now". */
  readonly content: () => unknown;
}

/** Stable codes for the partner's own refusals (4xx), by HTTP status; `otherwise` for the rest. */
export interface Refusals {
  readonly [status: number]: string;
  readonly otherwise?: string;
}

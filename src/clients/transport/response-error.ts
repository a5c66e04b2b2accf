import type { PartnerName } from '../../orders/ports/partner-error.js';
import { PartnerError } from '../../orders/ports/partner-error.js';
import type { Refusals } from './partner-request.js';
import { retryAfterMs } from './retry-after-header.js';

export interface RawResponse {
  readonly status: number;
  /** The unparsed Retry-After header. */
  readonly retryAfter: unknown;
  /** `code` of the JSON body (RFC 9457), or null. */
  readonly code: string | null;
}

/** Codes of a partner that still executes an earlier try with the same idempotency key. */
const IN_PROGRESS = new Set(['request_in_progress', 'idempotency_key_in_use']);

/**
 * Turns the status of a response into an error. Returns null for 2xx.
 *
 * Retryable are:
 * - 408, 425, 429 and 5xx;
 * - 401 and 403, because a person can replace the key;
 * - a redirect, because a person can correct the URL;
 * - a request that is still in progress;
 * - a reused idempotency key. An earlier try had another body, say, before our public URL changed. Its effect may exist, and
 *   an order that ends as refused would leave that effect behind.
 *
 * Every other 4xx is final.
 */
export function responseError(
  partner: PartnerName,
  answer: RawResponse,
  refusals: Refusals,
  now: number,
): PartnerError | null {
  const { status } = answer;
  if (status >= 200 && status < 300) return null;
  const [code, retryable] = verdict(answer, refusals);
  const wait = retryable ? retryAfterMs(answer.retryAfter, now) : undefined;
  return new PartnerError(partner, code, `${partner} answered ${status}`, retryable, status, wait);
}

function verdict({ status, code }: RawResponse, refusals: Refusals): [code: string, retryable: boolean] {
  if (status === 401 || status === 403) return ['partner_unauthorized', true];
  if (status === 408) return ['partner_timeout', true];
  if (status === 425 || status >= 500) return ['partner_unavailable', true];
  if (status === 429) return ['partner_busy', true];
  if (status < 400) return ['partner_answer_invalid', true];
  if (status === 409 && code !== null && IN_PROGRESS.has(code)) return ['partner_busy', true];
  if (code === 'idempotency_key_reused') return ['idempotency_key_reused', true];
  return [refusals[status] ?? refusals.otherwise ?? 'partner_refused', false];
}

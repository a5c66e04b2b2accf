import type { PartnerName } from '../../orders/ports/partner-error.js';
import { PartnerError } from '../../orders/ports/partner-error.js';
import type { Refusals } from './partner-request.js';
import { retryAfterMs } from './retry-after-header.js';

export interface RawResponse {
  readonly status: number;
  /** The Retry-After header as it came. */
  readonly retryAfter: unknown;
  /** `code` of the answer's JSON body (RFC 9457), if there is one. */
  readonly code: string | null;
}

/** An earlier try with the same idempotency key still runs over there. */
const IN_PROGRESS = new Set(['request_in_progress', 'idempotency_key_in_use']);

/**
 * Judges an answer by its status; null means that it is to be read (2xx).
 *
 * Retryable: 408, 425, 429, 5xx; 401 and 403, because a person can mend the key; a redirect, because a person can mend
 * the URL; a request that is still in progress. A reused idempotency key too: an earlier try arrived with another body
 * (say, before our public URL changed), so its effect may exist, and ending the order as refused would leave it behind.
 * Every other 4xx is the partner's final word.
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

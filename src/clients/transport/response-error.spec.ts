import { responseError } from './response-error.js';

const judge = (status: number, code: string | null = null, retryAfter?: string) =>
  responseError('warehouse', { status, retryAfter, code }, { 404: 'reservation_gone', 409: 'reservation_gone' }, 0);

describe('responseError', () => {
  it.each([200, 201, 202, 299])('returns no error for status %i', (status) => {
    expect(judge(status)).toBeNull();
  });

  it.each([
    [302, 'partner_answer_invalid'],
    [401, 'partner_unauthorized'],
    [403, 'partner_unauthorized'],
    [408, 'partner_timeout'],
    [425, 'partner_unavailable'],
    [429, 'partner_busy'],
    [500, 'partner_unavailable'],
    [503, 'partner_unavailable'],
    [599, 'partner_unavailable'],
  ])('maps %i to %s, which is retryable', (status, code) => {
    expect(judge(status)).toMatchObject({ partner: 'warehouse', code, retryable: true, status });
  });

  it.each([
    [400, 'partner_refused'],
    [404, 'reservation_gone'],
    [409, 'reservation_gone'],
    [422, 'partner_refused'],
  ])('maps %i to %s, which is final', (status, code) => {
    expect(judge(status)).toMatchObject({ code, retryable: false, status });
  });

  it('retries a 409 of an earlier try that is still in progress (G3)', () => {
    expect(judge(409, 'request_in_progress')).toMatchObject({ code: 'partner_busy', retryable: true });
  });

  it('retries a reused idempotency key, because the effect of an earlier try may exist (G3)', () => {
    expect(judge(422, 'idempotency_key_reused')).toMatchObject({ code: 'idempotency_key_reused', retryable: true });
  });

  it('uses the code of `otherwise` for all other refusals', () => {
    const answer = { status: 402, retryAfter: undefined, code: null };
    expect(responseError('payment', answer, { otherwise: 'payment_refused' }, 0)?.code).toBe('payment_refused');
  });

  it('carries the requested wait with a retryable error, but not with a final one', () => {
    expect(judge(503, null, '7')?.retryAfterMs).toBe(7_000);
    expect(judge(429, null, 'Thu, 01 Jan 1970 00:01:00 GMT')?.retryAfterMs).toBe(60_000);
    expect(judge(404, null, '7')?.retryAfterMs).toBeUndefined();
  });
});

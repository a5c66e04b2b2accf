/**
 * What push refuses. `unknown`: there is no such thing. `not_now`: not where it stands. `busy`: later. `invalid`: a field of
 * the request breaks a rule.
 */
export class PushError extends Error {
  override readonly name = 'PushError';

  constructor(
    readonly kind: 'unknown' | 'not_now' | 'busy' | 'invalid',
    /** Stable, e.g. `webhook_endpoint_not_found`; its words are the title. */
    readonly code: string,
    message: string,
    /** Only of `invalid`: which field, and what it must be. */
    readonly field?: { readonly name: string; readonly rule: string },
  ) {
    super(message);
  }
}

export const endpointNotFound = () =>
  new PushError('unknown', 'webhook_endpoint_not_found', 'There is no such webhook endpoint.');

export const deliveryNotFound = () =>
  new PushError('unknown', 'webhook_delivery_not_found', 'This webhook endpoint has no such delivery.');

export const endpointsExhausted = (atMost: number) =>
  new PushError(
    'not_now',
    'webhook_endpoints_exhausted',
    `There are ${atMost} webhook endpoints, which is all there may be.`,
  );

export const endpointChanged = () =>
  new PushError(
    'not_now',
    'webhook_endpoint_changed',
    'Somebody else changed the webhook endpoint meanwhile. Try again.',
  );

export const endpointDisabled = () =>
  new PushError('not_now', 'webhook_endpoint_disabled', 'The webhook endpoint is disabled. Enable it first.');

export const deliveryUnderWay = () =>
  new PushError('not_now', 'webhook_delivery_under_way', 'It is being sent at this moment.');

export const streamsExhausted = (atMost: number) =>
  new PushError('busy', 'streams_exhausted', `${atMost} clients are following already. Try again, or poll.`);

export const fieldInvalid = (name: string, rule: string, message: string) =>
  new PushError('invalid', 'request_invalid', message, { name, rule });

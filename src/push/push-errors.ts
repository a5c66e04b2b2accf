import { CodedError, type ErrorKind, type FieldError } from '../durable/index.js';

/** A request that streams or outbound webhooks refuse. */
export class PushError extends CodedError {
  override readonly name = 'PushError';
  declare readonly fields?: readonly FieldError[];

  constructor(
    readonly kind: Extract<ErrorKind, 'not_found' | 'conflict' | 'unavailable' | 'invalid'>,
    readonly code: string,
    message: string,
    /** Only with the code `invalid`: the field, and what it must be. */
    readonly field?: { readonly name: string; readonly rule: string },
  ) {
    super(message);
    if (field !== undefined) this.fields = [{ field: field.name, rule: field.rule, message }];
  }
}

export const endpointNotFound = () =>
  new PushError('not_found', 'webhook_endpoint_not_found', 'There is no such webhook endpoint.');

export const deliveryNotFound = () =>
  new PushError('not_found', 'webhook_delivery_not_found', 'This webhook endpoint has no such delivery.');

export const endpointsExhausted = (atMost: number) =>
  new PushError(
    'conflict',
    'webhook_endpoints_exhausted',
    `There are ${atMost} webhook endpoints, which is all there may be.`,
  );

export const endpointChanged = () =>
  new PushError(
    'conflict',
    'webhook_endpoint_changed',
    'Somebody else changed the webhook endpoint meanwhile. Try again.',
  );

export const endpointDisabled = () =>
  new PushError('conflict', 'webhook_endpoint_disabled', 'The webhook endpoint is disabled. Enable it first.');

export const deliveryUnderWay = () =>
  new PushError('conflict', 'webhook_delivery_under_way', 'It is being sent at this moment.');

export const streamsExhausted = (atMost: number) =>
  new PushError('unavailable', 'streams_exhausted', `${atMost} clients are following already. Try again, or poll.`);

export const fieldInvalid = (name: string, rule: string, message: string) =>
  new PushError('invalid', 'request_invalid', message, { name, rule });

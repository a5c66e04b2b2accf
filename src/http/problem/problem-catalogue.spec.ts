import { BadRequestException, NotFoundException } from '@nestjs/common';
import {
  DrainingError,
  IncidentNeedsActionError,
  SnapshotIncompatibleError,
  StoreUnavailableError,
  UnknownActorError,
  UnknownIncidentError,
  UnknownMachineError,
} from '../../durable/index.js';
import {
  CorrectionConflictError,
  CursorInvalidError,
  NotNowError,
  OrderEndedError,
  OrderNotEndedError,
  OrderNotFoundError,
  OutputInvalidError,
  RevisionMovedError,
  SkipConflictError,
} from '../../orders/order-errors.js';
import { endpointNotFound, endpointsExhausted, fieldInvalid, streamsExhausted } from '../../push/push-errors.js';
import { FeatureError } from './feature-error.js';
import { answerTo } from './problem-catalogue.js';
import {
  BodyMalformedError,
  DemoFailedError,
  IdempotencyKeyInProgressError,
  IdempotencyKeyReusedError,
  InvalidRequestError,
  KeyRequiredError,
  LiveOrderError,
  MediaTypeUnsupportedError,
  MethodNotAllowedError,
  PreconditionRequiredError,
  RateLimitedError,
  RoleInsufficientError,
  RouteUnknownError,
  SignatureInvalidError,
} from './request-errors.js';

const ID = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

describe('the answer to an error', () => {
  it.each([
    [new OrderNotFoundError(ID), 404, 'order_not_found'],
    [new UnknownActorError(ID), 404, 'order_not_found'],
    [new OrderEndedError(ID, 'fulfilled'), 410, 'order_ended'],
    [new NotNowError(ID, 'order.retry', 'in AwaitingPayment'), 409, 'not_now'],
    [new CorrectionConflictError(ID, []), 409, 'correction_misfit'],
    [new FeatureError('unknown', 'lamp_not_found', 'There is no such lamp.'), 404, 'lamp_not_found'],
    [new FeatureError('not_now', 'lamp_is_on', 'The lamp is on.'), 409, 'lamp_is_on'],
    [new FeatureError('ended', 'lamp_broken', 'The lamp is broken.'), 410, 'lamp_broken'],
    [endpointNotFound(), 404, 'webhook_endpoint_not_found'],
    [endpointsExhausted(3), 409, 'webhook_endpoints_exhausted'],
    [streamsExhausted(3), 503, 'streams_exhausted'],
    [fieldInvalid('url', 'isHttps', 'url must be https'), 400, 'request_invalid'],
    [new SkipConflictError(ID, 'activity_unknown'), 409, 'skip_misfit'],
    [new OutputInvalidError(ID, ['output.amount: must be 5']), 400, 'request_invalid'],
    [new SnapshotIncompatibleError(ID, ['state x is no more']), 409, 'order_needs_operator'],
    [new UnknownMachineError('order', '7'), 409, 'order_needs_operator'],
    [new UnknownIncidentError('i'), 404, 'incident_unknown'],
    [new IncidentNeedsActionError('i', 'machine_waits'), 409, 'incident_needs_action'],
    [new CursorInvalidError(), 400, 'request_invalid'],
    [new RevisionMovedError(ID, 7), 412, 'revision_moved'],
    [new OrderNotEndedError(ID, 'suspended'), 409, 'order_not_ended'],
    [new PreconditionRequiredError(), 428, 'precondition_required'],
    [new IdempotencyKeyReusedError(), 422, 'idempotency_key_reused'],
    [new IdempotencyKeyInProgressError(), 409, 'idempotency_key_in_progress'],
    [new LiveOrderError({ id: ID, statusQueryGetUri: `https://x/order/${ID}/status` }), 409, 'cart_has_live_order'],
    [new StoreUnavailableError('SQLITE_BUSY'), 503, 'store_unavailable'],
    [new DrainingError(), 503, 'draining'],
    [new InvalidRequestError([]), 400, 'request_invalid'],
    [new BodyMalformedError(), 400, 'body_malformed'],
    [new KeyRequiredError(), 401, 'key_required'],
    [new RoleInsufficientError(), 403, 'role_insufficient'],
    [new RateLimitedError(7), 429, 'rate_limited'],
    [new SignatureInvalidError(), 401, 'signature_invalid'],
    [new RouteUnknownError(), 404, 'route_unknown'],
    [new NotFoundException('Cannot GET /x'), 404, 'route_unknown'],
    [new MethodNotAllowedError(['POST']), 405, 'method_not_allowed'],
    [new BadRequestException('Unexpected token'), 400, 'body_malformed'],
    [Object.assign(new Error('too large'), { status: 413 }), 413, 'body_too_large'],
    [Object.assign(new Error('charset'), { status: 415 }), 415, 'media_type_unsupported'],
    [new MediaTypeUnsupportedError(), 415, 'media_type_unsupported'],
    [new DemoFailedError(), 502, 'demo_failed'],
    [Object.assign(new Error('teapot'), { status: 418 }), 418, 'request_refused'],
    [new Error('secret'), 500, 'internal_error'],
    ['thrown text', 500, 'internal_error'],
  ])('%p is %i %s', (error, status, code) => {
    expect(answerTo(error)).toMatchObject({ status, code });
  });

  it('asks to come back later where that helps', () => {
    expect(answerTo(new StoreUnavailableError('away')).headers).toEqual({ 'Retry-After': '2' });
    expect(answerTo(new RateLimitedError(7)).headers).toEqual({ 'Retry-After': '7' });
    expect(answerTo(new DrainingError()).headers).toEqual({ 'Retry-After': '2' });
  });

  it('names the field of an output that will not do', () => {
    expect(answerTo(new OutputInvalidError(ID, ['output.amount: must be 5']))).toMatchObject({
      errors: [{ field: 'output.amount', rule: 'isOutput', message: 'output.amount: must be 5' }],
    });
  });

  it('says nothing of what an order is, or why it cannot go on, to whoever cannot mend it', () => {
    expect(JSON.stringify(answerTo(new SnapshotIncompatibleError(ID, ['state "Secret" is no more'])))).not.toContain(
      'Secret',
    );
  });

  it('says nothing of a defect or of the database', () => {
    expect(JSON.stringify(answerTo(new Error('password=hunter2')))).not.toContain('hunter2');
    expect(JSON.stringify(answerTo(new StoreUnavailableError('at db.internal:5432')))).not.toContain('internal');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadRequestException, NotFoundException } from '@nestjs/common';
import {
  DrainingError,
  IncidentNeedsActionError,
  SnapshotIncompatibleError,
  StoreUnavailableError,
  UnknownActorError,
  UnknownIncidentError,
  UnknownMachineError,
  CodedError,
  NotDurableError,
  OverloadedError,
  TurnUnboundedError,
  UniqueKeyTakenError,
  WaitTimeoutError,
} from '../../durable/index.js';
import {
  CartHasLiveOrderError,
  CorrectionConflictError,
  CursorInvalidError,
  NotNowError,
  OrderEndedError,
  OrderNotEndedError,
  OrderNotFoundError,
  OutputInvalidError,
  RevisionMovedError,
  SkipConflictError,
  TooManyKeptError,
} from '../../orders/order-errors.js';
import { endpointNotFound, endpointsExhausted, fieldInvalid, streamsExhausted } from '../../push/push-errors.js';
import { FeatureError } from './feature-error.js';
import { problemResponseOf } from './problem-response.js';
import {
  bodyMalformed,
  demoFailed,
  etagUnmatched,
  idempotencyKeyInProgress,
  idempotencyKeyReused,
  invalidRequest,
  credentialLapsed,
  keyRequired,
  keyUnknown,
  lastAdminKey,
  liveOrder,
  mediaTypeUnsupported,
  methodNotAllowed,
  preconditionRequired,
  rateLimited,
  roleInsufficient,
  routeUnknown,
  signatureInvalid,
  siteForeign,
} from './request-error.js';

const ID = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

/** Contains at least one error of each class and of each factory function. */
const ANSWERS: readonly (readonly [unknown, number, string])[] = [
  [new OrderNotFoundError(ID), 404, 'order_not_found'],
  [new UnknownActorError(ID), 404, 'order_not_found'],
  [new OrderEndedError(ID, 'fulfilled'), 410, 'order_ended'],
  [new NotNowError(ID, 'order.retry', 'in AwaitingPayment'), 409, 'not_now'],
  [new CorrectionConflictError(ID, []), 409, 'correction_misfit'],
  [new FeatureError('not_found', 'lamp_not_found', 'There is no such lamp.'), 404, 'lamp_not_found'],
  [new FeatureError('conflict', 'lamp_is_on', 'The lamp is on.'), 409, 'lamp_is_on'],
  [new FeatureError('gone', 'lamp_broken', 'The lamp is broken.'), 410, 'lamp_broken'],
  [endpointNotFound(), 404, 'webhook_endpoint_not_found'],
  [endpointsExhausted(3), 409, 'webhook_endpoints_exhausted'],
  [streamsExhausted(3), 503, 'streams_exhausted'],
  [fieldInvalid('url', 'isHttps', 'url must be https'), 400, 'request_invalid'],
  [new SkipConflictError(ID, 'activity_unknown'), 409, 'skip_misfit'],
  [new OutputInvalidError(ID, ['output.amount: must be 5']), 400, 'request_invalid'],
  [new SnapshotIncompatibleError(ID, ['state x is gone']), 409, 'order_needs_operator'],
  [new UnknownMachineError('order', '7'), 409, 'order_needs_operator'],
  [new UnknownIncidentError('i'), 404, 'incident_unknown'],
  [new IncidentNeedsActionError('i', 'machine_waits'), 409, 'incident_needs_action'],
  [new CursorInvalidError(), 400, 'request_invalid'],
  [new RevisionMovedError(ID, 7), 412, 'revision_moved'],
  [new OrderNotEndedError(ID, 'suspended'), 409, 'order_not_ended'],
  [preconditionRequired(), 428, 'precondition_required'],
  [idempotencyKeyReused(), 422, 'idempotency_key_reused'],
  [idempotencyKeyInProgress(), 409, 'idempotency_key_in_progress'],
  [liveOrder({ id: ID, statusQueryGetUri: `https://x/order/${ID}/status` }), 409, 'cart_has_live_order'],
  [new StoreUnavailableError('SQLITE_BUSY'), 503, 'store_unavailable'],
  [new OverloadedError(6_500), 503, 'overloaded'],
  [new DrainingError(), 503, 'draining'],
  [invalidRequest([]), 400, 'request_invalid'],
  [bodyMalformed(), 400, 'body_malformed'],
  [keyRequired(), 401, 'key_required'],
  [credentialLapsed('key', 'expired'), 401, 'key_expired'],
  [credentialLapsed('key', 'revoked'), 401, 'key_revoked'],
  [credentialLapsed('order', 'expired'), 401, 'token_expired'],
  [credentialLapsed('order', 'revoked'), 401, 'token_revoked'],
  [keyUnknown(), 404, 'key_not_found'],
  [lastAdminKey(), 409, 'key_last_admin'],
  [roleInsufficient(), 403, 'role_insufficient'],
  [rateLimited(7), 429, 'rate_limited'],
  [signatureInvalid(), 401, 'signature_invalid'],
  [routeUnknown(), 404, 'route_unknown'],
  [new NotFoundException('Cannot GET /x'), 404, 'route_unknown'],
  [methodNotAllowed(['POST']), 405, 'method_not_allowed'],
  [new BadRequestException('Unexpected token'), 400, 'body_malformed'],
  [Object.assign(new Error('too large'), { status: 413 }), 413, 'body_too_large'],
  [Object.assign(new Error('charset'), { status: 415 }), 415, 'media_type_unsupported'],
  [mediaTypeUnsupported(), 415, 'media_type_unsupported'],
  [etagUnmatched(), 412, 'etag_unmatched'],
  [siteForeign('It is foreign.'), 403, 'site_foreign'],
  [demoFailed(), 502, 'demo_failed'],
  [Object.assign(new Error('teapot'), { status: 418 }), 418, 'request_refused'],
  [new CartHasLiveOrderError(ID), 409, 'cart_has_live_order'],
  [new TooManyKeptError(ID), 409, 'too_many_kept'],
  [new UniqueKeyTakenError(ID, 'cart'), 409, 'live_key_taken'],
  [new NotDurableError('no'), 500, 'internal_error'],
  [new TurnUnboundedError(5), 500, 'internal_error'],
  [new WaitTimeoutError(ID, 5), 500, 'internal_error'],
  [new Error('secret'), 500, 'internal_error'],
  ['thrown text', 500, 'internal_error'],
];

describe('the answer to an error', () => {
  it.each(ANSWERS)('%p is %i %s', (error, status, code) => {
    expect(problemResponseOf(error)).toMatchObject({ status, code });
  });

  it('is tested for every error class of this project', () => {
    const told = new Set(ANSWERS.map(([error]) => (error instanceof Error ? error.constructor.name : '')));
    const classes = errorClasses(join(__dirname, '../..'));
    expect(classes.length).toBeGreaterThan(20);
    expect(classes.filter((name) => !told.has(name))).toEqual([]);
  });

  it('is tested for every refusal of the HTTP layer', () => {
    const told = new Set(ANSWERS.map(([error]) => (error instanceof CodedError ? error.code : '')));
    const text = readFileSync(join(__dirname, 'request-error.ts'), 'utf8');
    const codes = [...text.matchAll(/new RequestError\(\s*'\w+',\s*'(\w+)'/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => code === undefined || !told.has(code))).toEqual([]);
  });

  it('has a Retry-After when a later try can succeed', () => {
    expect(problemResponseOf(new StoreUnavailableError('away')).headers).toEqual({ 'Retry-After': '2' });
    expect(problemResponseOf(new OverloadedError(6_500)).headers).toEqual({ 'Retry-After': '7' });
    expect(problemResponseOf(rateLimited(7)).headers).toEqual({ 'Retry-After': '7' });
    expect(problemResponseOf(new DrainingError()).headers).toEqual({ 'Retry-After': '2' });
  });

  it('names the invalid field of an output', () => {
    expect(problemResponseOf(new OutputInvalidError(ID, ['output.amount: must be 5']))).toMatchObject({
      errors: [{ field: 'output.amount', rule: 'isOutput', message: 'output.amount: must be 5' }],
    });
  });

  it('does not show why a snapshot no longer fits its machine', () => {
    expect(
      JSON.stringify(problemResponseOf(new SnapshotIncompatibleError(ID, ['state "Secret" is gone']))),
    ).not.toContain('Secret');
  });

  it('says nothing of a defect or of the database', () => {
    expect(JSON.stringify(problemResponseOf(new Error('password=hunter2')))).not.toContain('hunter2');
    expect(JSON.stringify(problemResponseOf(new StoreUnavailableError('at db.internal:5432')))).not.toContain(
      'internal',
    );
  });
});

/** Names of the classes in `folder` that extend CodedError, without tests and the sandbox. */
function errorClasses(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith('sandbox'),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const pattern = /^export class (\w+) extends (?:CodedError|DurableError|OrderError)\b/gm;
    return [...text.matchAll(pattern)].map(([, name = '']) => name);
  });
}

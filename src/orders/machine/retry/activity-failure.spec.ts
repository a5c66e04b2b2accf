import { ActivityNotProvidedError } from '../order/order-activities.js';
import { failureOf } from './activity-failure.js';

describe('The failure of an activity', () => {
  it('is taken over as the runtime hands it over, without what does not belong to it', () => {
    const failure = {
      name: 'PartnerError',
      code: 'cart_not_found',
      message: 'No such cart.',
      retryable: false,
      retryAfterMs: 5,
      startedAt: 1,
      failedAt: 2,
    };
    expect(failureOf({ ...failure, headers: { authorization: 'secret' } })).toEqual(failure);
  });

  it('is technical and without times when something else was thrown, so that the order is parked for a person', () => {
    const nothingKnown = { code: 'activity_failed', retryable: true, startedAt: 0, failedAt: 0 };
    expect(failureOf(new TypeError('x is undefined'))).toEqual({
      ...nothingKnown,
      name: 'TypeError',
      message: 'x is undefined',
    });
    expect(failureOf('odd')).toMatchObject(nothingKnown);
    expect(failureOf(null)).toMatchObject(nothingKnown);
    expect(failureOf({ startedAt: Number.NaN })).toMatchObject(nothingKnown);
  });

  it('names the activity that was not provided', () => {
    expect(failureOf(new ActivityNotProvidedError('getAddress'))).toMatchObject({
      code: 'activity_not_provided',
      message: expect.stringContaining('"getAddress"') as string,
    });
  });
});

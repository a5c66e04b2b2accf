import { joinPath } from '../xstate/actor-tree.js';
import { idempotencyKeyOf } from './idempotency-key.js';
import { registerCases } from '../../../test/support/register-cases.js';

const NASTY = ['a', 'a:b', 'a:2', 'b', ':', '2', '%3A', 'a%3Ab', 'a/b', 'a~1b', '', 'step', 'payment', ' a', 'A'];

describe('The idempotency key of an activity (G3)', () => {
  it('is of one actor, path and occurrence alone, whatever they are called', () => {
    const owners = new Map<string, string>();
    let cases = 0;
    for (const actorId of NASTY)
      for (const parent of ['', ...NASTY])
        for (const id of NASTY)
          for (const occurrence of [1, 2, 3, 22]) {
            cases += 1;
            const path = joinPath(parent === '' ? '' : joinPath('', parent), id);
            const owner = JSON.stringify([actorId, path, occurrence]);
            const key = idempotencyKeyOf(actorId, path, occurrence);
            expect([key, owners.get(key) ?? owner]).toEqual([key, owner]);
            owners.set(key, owner);
          }
    registerCases(14_400, cases);
  });

  it('is plain where the ids are plain', () => {
    expect(idempotencyKeyOf('order-1', 'payment/startPayment', 1)).toBe('order-1:payment/startPayment');
    expect(idempotencyKeyOf('order-1', 'ship', 2)).toBe('order-1:ship:2');
  });
});

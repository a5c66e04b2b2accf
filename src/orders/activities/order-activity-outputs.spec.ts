import type { OrderActivityName } from '../machine/order/order-activities.js';
import { ANSWERS, TOTAL } from '../../../test/model/order-fixture.js';
import { outputCheckOf } from './order-activity-outputs.js';

describe('An output that an operator supplies (G13)', () => {
  it.each(Object.entries(ANSWERS))('may be what %s answers', (activity, output) => {
    expect(outputCheckOf(activity as OrderActivityName)(output, {})).toEqual([]);
  });

  it.each<[OrderActivityName, unknown, unknown, string]>([
    ['getProducts', [{ productId: 'mug', count: 0 }], {}, 'output.0.count: '],
    ['releaseReservation', {}, {}, 'output: '],
    ['getAddress', { ...ANSWERS.getAddress, admin: true }, {}, 'output: '],
    ['refundPayment', { refundId: 'r', amount: { amount: 1, currency: 'EUR' } }, { amount: TOTAL }, 'output.amount: '],
    [
      'calculateFinalPrice',
      { ...ANSWERS.calculateFinalPrice, total: { amount: 1, currency: 'EUR' } },
      {},
      'output.total: ',
    ],
    ['voidPayment', { ...ANSWERS.voidPayment, checkoutUrl: 'javascript:alert(1)' }, {}, 'output.checkoutUrl: '],
    ['voidPayment', { ...ANSWERS.voidPayment, paymentId: 'other' }, { paymentId: 'p' }, 'output.paymentId: '],
  ])('of %s may not be %j for %j', (activity, output, input, problem) => {
    const problems = outputCheckOf(activity)(output, input);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});

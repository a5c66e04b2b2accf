import { registerCases } from '../support/register-cases.js';
import { expectedEnding } from './arrival-oracle.js';
import { arrivalOrders, byTimes, play, type Playing } from './arrival-orders.js';

const LONGEST = Number(process.env['ARRIVALS_LENGTH'] ?? 4);

const VARIANTS: readonly (Playing & { readonly how: string; readonly longest: number })[] = [
  { how: 'at once, one after the other', leisurely: false, restarts: false, longest: LONGEST },
  { how: 'with time between any two', leisurely: true, restarts: false, longest: LONGEST - 1 },
  { how: 'with a crash and a restart between any two', leisurely: false, restarts: true, longest: LONGEST - 1 },
];

describe('Orders of arrival of payment events', () => {
  it.each(VARIANTS)(
    'an order ends by the first event that decides, in every order of arrival: $how (G4, G6)',
    async (variant) => {
      const sequences = sequencesUpTo(variant.longest);
      const ends = new Map<string, number>();
      let played = 0;
      for (const world of byTimes(sequences)) {
        for (const order of await play(world, variant)) {
          const { outcome, money } = expectedEnding(order.arrivals, variant.leisurely);
          expect(order).toEqual({
            ...order,
            outcome,
            money,
            refunds: money === 'refunded' ? 1 : 0,
            shipments: outcome === 'fulfilled' ? 1 : 0,
            forgotten: [],
          });
          const end = `${outcome}, ${money}`;
          ends.set(end, (ends.get(end) ?? 0) + 1);
          played += 1;
        }
      }
      console.info(
        `arrival orders, up to ${variant.longest} (${variant.how}): ${played} sequences; ${JSON.stringify(Object.fromEntries(ends))}`,
      );
      expect(played).toBe(sequences.length);
      expect([...ends.keys()].sort()).toEqual(ENDS);
    },
  );

  it('the sequences are all orders of arrival (G4)', () => {
    expect([0, 1, 2, 3, 4].map((length) => arrivalOrders(length).length)).toEqual(COUNTS);
    registerCases(7_635, VARIANTS.flatMap(({ longest }) => sequencesUpTo(longest)).length, 'ARRIVALS_LENGTH');
  });
});

const sequencesUpTo = (longest: number) =>
  Array.from({ length: longest + 1 }, (_, length) => length).flatMap(arrivalOrders);

/** Every pair of an outcome and a state of the money that is possible. */
const ENDS = [
  'cancelled, refunded',
  'cancelled, rejected',
  'cancelled, voided',
  'fulfilled, captured',
  'payment_failed, refunded',
  'payment_failed, rejected',
  'payment_failed, voided',
  'payment_timed_out, refunded',
  'payment_timed_out, voided',
];

/** By length; of length 1: seven after the payment is open and five before, but a duplicate has nothing to repeat. */
const COUNTS = [1, 10, 86, 689, 5_277];

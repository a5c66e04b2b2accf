/** Bids until a deadline far away; the highest wins, late ones go nowhere. */
import { assign, setup } from 'xstate';
import { DAY, send, wait, type ConformanceCase } from '../scenario.js';

interface Bid {
  bidder: string;
  amount: number;
}
const machine = setup({
  types: {
    context: {} as { bids: Bid[] },
    events: {} as { type: 'bid'; bidder: string; amount: number },
    output: {} as { winner: Bid | null },
  },
  guards: { isHigher: ({ context, event }) => event.amount > (context.bids.at(-1)?.amount ?? 0) },
  delays: { auction: 45 * DAY },
}).createMachine({
  id: 'carAuction',
  context: { bids: [] },
  initial: 'open',
  states: {
    open: {
      on: {
        bid: {
          guard: 'isHigher',
          actions: assign({
            bids: ({ context, event }) => [...context.bids, { bidder: event.bidder, amount: event.amount }],
          }),
        },
      },
      after: { auction: 'closed' },
    },
    closed: { type: 'final' },
  },
  output: ({ context }) => ({ winner: context.bids.at(-1) ?? null }),
});
const bid = (bidder: string, amount: number) => send('bid', { bidder, amount });

export const carAuction: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'is won by the highest bid in time',
      steps: [bid('a', 100), wait(44 * DAY), bid('b', 90), bid('c', 120), wait(DAY - 1), wait(1), bid('d', 500)],
    },
    { title: 'may end without a bid', steps: [wait(45 * DAY)] },
  ],
};

/** Lending a book: two weeks, a reminder, a hold by somebody else. */
import { assign, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { DAY, reject, resolve, send, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    input: {} as { book: string },
    context: {} as { book: string; reminders: number },
    events: {} as { type: 'return' | 'hold' | 'cancel' },
  },
  actors: {
    status: controlled<'free' | 'lent', { book: string }>(),
    lend: controlled<string>(),
    remind: controlled<string>(),
  },
  delays: { loan: 14 * DAY },
}).createMachine({
  id: 'bookLoan',
  context: ({ input }) => ({ book: input.book, reminders: 0 }),
  initial: 'asking',
  states: {
    asking: {
      invoke: {
        src: 'status',
        id: 'status',
        input: ({ context }) => ({ book: context.book }),
        onDone: [{ guard: ({ event }) => event.output === 'free', target: 'lending' }, { target: 'waiting' }],
      },
    },
    waiting: { on: { hold: 'sleeping', cancel: 'cancelled' } },
    sleeping: { after: { loan: 'asking' } },
    lending: { invoke: { src: 'lend', id: 'lend', onDone: 'lent' } },
    lent: { after: { loan: 'reminding' }, on: { return: 'returned' } },
    reminding: {
      entry: assign({ reminders: ({ context }) => context.reminders + 1 }),
      invoke: { src: 'remind', id: 'remind', onDone: 'lent', onError: 'lent' },
      on: { return: 'returned' },
    },
    returned: { type: 'final' },
    cancelled: { type: 'final' },
  },
});
const input = { book: 'Emma' };

export const bookLoan: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'reminds every two weeks',
      input,
      steps: [
        resolve('status', 'free'),
        resolve('lend'),
        wait(14 * DAY),
        resolve('remind'),
        wait(13 * DAY),
        wait(DAY),
        reject('remind'),
        send('return'),
      ],
    },
    {
      title: 'asks again after two weeks on hold',
      input,
      steps: [resolve('status', 'lent'), send('hold'), wait(14 * DAY), resolve('status', 'lent'), send('cancel')],
    },
  ],
};

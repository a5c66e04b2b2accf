/** A saga: flight, hotel and car are booked in turn, and undone in reverse when one fails. */
import { assign, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { reject, resolve, send, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    context: {} as { booked: string[]; undone: string[]; failure: string | null },
    events: {} as { type: 'cancel' },
  },
  actors: { book: controlled<{ ref: string }, { what: string }>(), undo: controlled<string, { ref: string }>() },
  actions: {
    noteBooked: assign({ booked: ({ context }, ref: string) => [...context.booked, ref] }),
    noteFailure: assign({ failure: (_args, code: string) => code }),
  },
  delays: { backoff: 1_000 },
}).createMachine({
  id: 'hotelBooking',
  context: { booked: [], undone: [], failure: null },
  initial: 'booking',
  states: {
    booking: {
      initial: 'flight',
      on: { cancel: { target: 'undoing', actions: { type: 'noteFailure', params: 'cancelled' } } },
      states: {
        flight: {
          invoke: {
            src: 'book',
            id: 'flight',
            input: { what: 'flight' },
            onDone: { target: 'hotel', actions: { type: 'noteBooked', params: ({ event }) => event.output.ref } },
            onError: '#undoing',
          },
        },
        hotel: {
          invoke: {
            src: 'book',
            id: 'hotel',
            input: { what: 'hotel' },
            onDone: { target: 'car', actions: { type: 'noteBooked', params: ({ event }) => event.output.ref } },
            onError: '#undoing',
          },
        },
        car: {
          invoke: {
            src: 'book',
            id: 'car',
            input: { what: 'car' },
            onDone: { target: '#booked', actions: { type: 'noteBooked', params: ({ event }) => event.output.ref } },
            onError: {
              target: '#undoing',
              actions: { type: 'noteFailure', params: ({ event }) => (event.error as { code: string }).code },
            },
          },
        },
      },
    },
    undoing: {
      id: 'undoing',
      initial: 'choosing',
      states: {
        choosing: {
          always: [{ guard: ({ context }) => context.booked.length === 0, target: 'clean' }, { target: 'calling' }],
        },
        calling: {
          invoke: {
            src: 'undo',
            id: 'undo',
            input: ({ context }) => ({ ref: context.booked.at(-1) ?? '' }),
            onDone: {
              target: 'choosing',
              actions: assign(({ context }) => ({
                booked: context.booked.slice(0, -1),
                undone: [...context.undone, context.booked.at(-1) ?? ''],
              })),
            },
            onError: 'pausing',
          },
        },
        pausing: { after: { backoff: 'calling' } },
        clean: { type: 'final' },
      },
      onDone: 'undone',
    },
    booked: { id: 'booked', type: 'final' },
    undone: { type: 'final' },
  },
  output: ({ context }) => context,
});

export const hotelBooking: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'books all three',
      steps: [resolve('flight', { ref: 'f' }), resolve('hotel', { ref: 'h' }), resolve('car', { ref: 'c' })],
    },
    {
      title: 'undoes in reverse, and insists',
      steps: [
        resolve('flight', { ref: 'f' }),
        resolve('hotel', { ref: 'h' }),
        reject('car', 'sold_out'),
        reject('undo'),
        wait(1_000),
        resolve('undo'),
        resolve('undo'),
      ],
    },
    { title: 'is cancelled on the way', steps: [resolve('flight', { ref: 'f' }), send('cancel'), resolve('undo')] },
  ],
};

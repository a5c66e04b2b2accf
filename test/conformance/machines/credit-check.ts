/** Credit check: a long-running decision of another house, with a reminder and a time limit. */
import { assign, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { DAY, reject, resolve, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    input: {} as { customer: string },
    context: {} as { customer: string; score: number | null; reminders: number },
  },
  actors: {
    check: controlled<{ score: number }, { customer: string }>(),
    approve: controlled<string>(),
    refuse: controlled<string>(),
  },
  delays: { reminder: DAY, limit: 3 * DAY },
}).createMachine({
  id: 'creditCheck',
  context: ({ input }) => ({ customer: input.customer, score: null, reminders: 0 }),
  initial: 'checking',
  states: {
    checking: {
      invoke: {
        src: 'check',
        id: 'check',
        input: ({ context }) => ({ customer: context.customer }),
        onDone: { target: 'deciding', actions: assign({ score: ({ event }) => event.output.score }) },
        onError: 'refusing',
      },
      after: {
        reminder: { actions: assign({ reminders: ({ context }) => context.reminders + 1 }) },
        limit: 'refusing',
      },
    },
    deciding: {
      always: [{ guard: ({ context }) => (context.score ?? 0) > 600, target: 'approving' }, { target: 'refusing' }],
    },
    approving: { invoke: { src: 'approve', id: 'approve', onDone: 'approved' } },
    refusing: { invoke: { src: 'refuse', id: 'refuse', onDone: 'refused' } },
    approved: { type: 'final' },
    refused: { type: 'final' },
  },
});
const input = { customer: 'c1' };

export const creditCheck: ConformanceCase = {
  machine,
  scenarios: [
    { title: 'approves', input, steps: [wait(DAY), resolve('check', { score: 700 }), resolve('approve')] },
    { title: 'refuses', input, steps: [resolve('check', { score: 300 }), resolve('refuse')] },
    { title: 'gives up', input, steps: [wait(2 * DAY), wait(DAY), reject('refuse')] },
  ],
};

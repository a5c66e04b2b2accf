/** Applicant request: one decision by age, then a notice. */
import { setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { reject, resolve, send, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: { input: {} as { age: number }, context: {} as { age: number }, events: {} as { type: 'submit' } },
  actors: { startApplication: controlled<string, { age: number }>(), sendRefusal: controlled<string>() },
  guards: { isAdult: ({ context }) => context.age >= 18 },
}).createMachine({
  id: 'applicant',
  context: ({ input }) => input,
  initial: 'checking',
  states: {
    checking: { on: { submit: [{ guard: 'isAdult', target: 'starting' }, { target: 'refusing' }] } },
    starting: {
      invoke: {
        src: 'startApplication',
        id: 'start',
        input: ({ context }) => context,
        onDone: 'accepted',
        onError: 'refusing',
      },
    },
    refusing: { invoke: { src: 'sendRefusal', id: 'refuse', onDone: 'refused' } },
    accepted: { type: 'final' },
    refused: { type: 'final' },
  },
});

export const applicant: ConformanceCase = {
  machine,
  scenarios: [
    { title: 'accepts adults', input: { age: 41 }, steps: [send('submit'), resolve('start')] },
    { title: 'refuses minors', input: { age: 17 }, steps: [send('submit'), resolve('refuse')] },
    {
      title: 'refuses when the start failed',
      input: { age: 18 },
      steps: [send('submit'), reject('start'), resolve('refuse')],
    },
  ],
};

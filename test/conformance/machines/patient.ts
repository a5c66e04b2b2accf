/** Monitoring a patient: urgent findings interrupt, each alarm is a child that must be acknowledged. */
import { assign, sendParent, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { MINUTE, reject, resolve, send, wait, type ConformanceCase } from '../scenario.js';

const alarm = setup({
  types: { input: {} as { finding: string }, context: {} as { finding: string; pages: number } },
  actors: { page: controlled<string, { finding: string }>() },
  delays: { escalation: 5 * MINUTE },
}).createMachine({
  id: 'alarm',
  context: ({ input }) => ({ finding: input.finding, pages: 0 }),
  initial: 'paging',
  states: {
    paging: {
      entry: assign({ pages: ({ context }) => context.pages + 1 }),
      invoke: {
        src: 'page',
        id: 'page',
        input: ({ context }) => ({ finding: context.finding }),
        onDone: 'paged',
        onError: 'paged',
      },
      after: { escalation: { target: 'paging', reenter: true } },
    },
    paged: { entry: sendParent(({ context }) => ({ type: 'paged', finding: context.finding })), type: 'final' },
  },
  output: ({ context }) => context.pages,
});
const machine = setup({
  types: {
    context: {} as { paged: string[] },
    events: {} as { type: 'finding' | 'paged'; finding: string } | { type: 'discharge' },
  },
  actors: { alarm },
}).createMachine({
  id: 'patient',
  context: { paged: [] },
  initial: 'monitored',
  states: {
    monitored: {
      on: {
        finding: {
          actions: assign(({ spawn, event: { finding } }) => {
            spawn('alarm', { id: `alarm-${finding}`, input: { finding } });
            return {};
          }),
        },
        paged: { actions: assign({ paged: ({ context, event }) => [...context.paged, event.finding] }) },
        discharge: 'discharged',
      },
    },
    discharged: { type: 'final' },
  },
  output: ({ context }) => context.paged,
});
const finding = (what: string) => send('finding', { finding: what });

export const patient: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'pages for each finding, and again',
      steps: [
        finding('pulse'),
        wait(MINUTE),
        finding('fever'),
        wait(4 * MINUTE),
        resolve('alarm-pulse/page'),
        wait(MINUTE),
        reject('alarm-fever/page'),
        send('discharge'),
      ],
    },
    { title: 'stops paging when discharged', steps: [finding('pulse'), send('discharge'), wait(10 * MINUTE)] },
  ],
};

/** Event-based decision: whichever of three comes first. */
import { setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { MINUTE, resolve, send, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: { events: {} as { type: 'approved' | 'rejected' } },
  actors: { handle: controlled<string, { what: string }>() },
  delays: { patience: 60 * MINUTE },
}).createMachine({
  id: 'visaDecision',
  initial: 'waiting',
  states: {
    waiting: { on: { approved: 'approving', rejected: 'rejecting' }, after: { patience: 'undecided' } },
    approving: { invoke: { src: 'handle', id: 'handle', input: { what: 'approved' }, onDone: 'end' } },
    rejecting: { invoke: { src: 'handle', id: 'handle', input: { what: 'rejected' }, onDone: 'end' } },
    undecided: { invoke: { src: 'handle', id: 'handle', input: { what: 'undecided' }, onDone: 'end' } },
    end: { type: 'final' },
  },
});

export const visaDecision: ConformanceCase = {
  machine,
  scenarios: [
    { title: 'is approved', steps: [send('approved'), send('rejected'), resolve('handle')] },
    {
      title: 'is rejected at the last moment',
      steps: [wait(60 * MINUTE - 1), send('rejected'), wait(1), resolve('handle')],
    },
    { title: 'stays undecided', steps: [wait(60 * MINUTE), send('approved'), resolve('handle')] },
  ],
};

/** Async subflow: a child does its work while the parent goes on, and the parent waits for it only at the end. */
import { assign, setup, spawnChild } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { resolve, type ConformanceCase } from '../scenario.js';

const call = setup({
  types: { input: {} as { name: string }, context: {} as { name: string } },
  actors: { dial: controlled<string, { name: string }>(), talk: controlled<string>() },
}).createMachine({
  id: 'call',
  context: ({ input }) => input,
  initial: 'dialling',
  states: {
    dialling: { invoke: { src: 'dial', id: 'dial', input: ({ context }) => context, onDone: 'talking' } },
    talking: { invoke: { src: 'talk', id: 'talk', onDone: 'hungUp' } },
    hungUp: { type: 'final' },
  },
  output: ({ context }) => context.name,
});
const machine = setup({
  types: { context: {} as { called: unknown } },
  actors: { call, prepare: controlled<string>() },
}).createMachine({
  id: 'onboardingCall',
  context: { called: null },
  entry: spawnChild('call', { id: 'call', input: { name: 'Ada' } }),
  initial: 'preparing',
  on: {
    'xstate.done.actor.call': { actions: assign({ called: ({ event }) => (event as { output?: unknown }).output }) },
  },
  states: {
    preparing: { invoke: { src: 'prepare', id: 'prepare', onDone: 'joining' } },
    joining: { always: { guard: ({ context }) => context.called !== null, target: 'done' } },
    done: { type: 'final' },
  },
  output: ({ context }) => context.called,
});

export const onboardingCall: ConformanceCase = {
  machine,
  scenarios: [
    { title: 'waits for the slower subflow', steps: [resolve('call/dial'), resolve('prepare'), resolve('call/talk')] },
    { title: 'waits for the slower parent', steps: [resolve('call/dial'), resolve('call/talk'), resolve('prepare')] },
  ],
};

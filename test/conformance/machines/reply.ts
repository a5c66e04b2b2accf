/** References in contexts: a child holds its parent and a sibling, and a parent still holds one that is gone. */
import { assign, sendTo, setup, stopChild, type AnyActorRef } from 'xstate';
import { send, wait, type ConformanceCase } from '../scenario.js';

const asker = setup({
  types: {
    input: {} as { parent: AnyActorRef; friend: AnyActorRef | null },
    context: {} as { to: { parent: AnyActorRef }; friend: AnyActorRef | null; heard: number },
    events: {} as { type: 'ask' | 'hello' },
  },
  delays: { pause: 1_000 },
}).createMachine({
  id: 'asker',
  context: ({ input }) => ({ to: { parent: input.parent }, friend: input.friend, heard: 0 }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        ask: { target: 'asked', actions: sendTo(({ context }) => context.to.parent, { type: 'question' }) },
        hello: { actions: assign({ heard: ({ context }) => context.heard + 1 }) },
      },
    },
    asked: {
      after: {
        pause: { target: 'idle', actions: sendTo(({ context, self }) => context.friend ?? self, { type: 'hello' }) },
      },
    },
  },
});
const machine = setup({
  types: {
    context: {} as { one: AnyActorRef | null; two: AnyActorRef | null; questions: number },
    events: {} as { type: 'question' | 'both' | 'end' | 'knock' | 'hello' },
  },
  actors: { asker },
}).createMachine({
  id: 'reply',
  context: { one: null, two: null, questions: 0 },
  entry: [
    assign({
      one: ({ spawn, self }) => spawn('asker', { id: 'one', input: { parent: self as AnyActorRef, friend: null } }),
    }),
    assign({
      two: ({ spawn, self, context }) =>
        spawn('asker', { id: 'two', input: { parent: self as AnyActorRef, friend: context.one } }),
    }),
  ],
  on: {
    both: { actions: [sendTo('one', { type: 'ask' }), sendTo('two', { type: 'ask' })] },
    question: { actions: assign({ questions: ({ context }) => context.questions + 1 }) },
    end: { actions: stopChild('one') },
    knock: { actions: sendTo(({ context }) => context.one!, { type: 'hello' }) },
    hello: { actions: assign({ questions: -1 }) },
  },
});

export const reply: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'reaches whom it points to',
      steps: [send('both'), wait(1_000), send('both'), send('end'), send('knock'), wait(1_000)],
    },
  ],
};

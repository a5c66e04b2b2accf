/** Spawned actors by key: in the context, by assign, by spawnChild; stopChild; re-spawn under a known id; no id at all. */
import { assign, sendTo, setup, spawnChild, stopChild, type ActorRefFrom } from 'xstate';
import { send, wait, type ConformanceCase } from '../scenario.js';

const kid = setup({
  types: {
    input: {} as { name: string },
    context: {} as { name: string; sweets: number },
    events: {} as { type: 'sweet' },
  },
  delays: { hunger: 1_000 },
}).createMachine({
  id: 'kid',
  context: ({ input }) => ({ name: input.name, sweets: 0 }),
  initial: 'content',
  states: {
    content: {
      after: { hunger: 'hungry' },
      on: { sweet: { actions: assign({ sweets: ({ context }) => context.sweets + 1 }) } },
    },
    hungry: { on: { sweet: 'content' } },
  },
});
type Kid = ActorRefFrom<typeof kid>;
const machine = setup({
  types: {
    context: {} as { first: Kid; kids: Kid[]; nameless: Kid | null },
    events: {} as { type: 'arrive' | 'leave'; name: string } | { type: 'sweets' | 'guest' | 'guestLeaves' | 'stray' },
  },
  actors: { kid },
}).createMachine({
  id: 'kindergarten',
  context: ({ spawn }) => ({
    first: spawn('kid', { id: 'first', input: { name: 'first' } }),
    kids: [],
    nameless: null,
  }),
  on: {
    arrive: {
      actions: assign({
        kids: ({ context, event, spawn }) => [
          ...context.kids,
          spawn('kid', { id: event.name, input: { name: event.name } }),
        ],
      }),
    },
    leave: {
      actions: [
        stopChild(({ event }) => event.name),
        assign({ kids: ({ context, event }) => context.kids.filter((each) => each.id !== event.name) }),
      ],
    },
    sweets: {
      actions: [
        sendTo(({ context }) => context.first, { type: 'sweet' }),
        sendTo(({ context }) => context.kids.at(-1) ?? context.first, { type: 'sweet' }),
      ],
    },
    guest: { actions: spawnChild('kid', { id: 'guest', input: { name: 'guest' } }) },
    guestLeaves: { actions: stopChild('guest') },
    stray: { actions: assign({ nameless: ({ spawn }) => spawn('kid', { input: { name: 'stray' } }) }) },
  },
});

export const kindergarten: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'fills and empties',
      steps: [
        send('arrive', { name: 'a/b' }),
        wait(500),
        send('arrive', { name: 'c' }),
        send('sweets'),
        wait(500),
        send('sweets'),
        send('leave', { name: 'a/b' }),
        wait(1_000),
        send('leave', { name: 'c' }),
      ],
    },
    {
      title: 'gives a name out again',
      steps: [
        send('guest'),
        wait(700),
        send('guestLeaves'),
        send('guest'),
        wait(300),
        wait(700),
        send('guestLeaves'),
        wait(5_000),
      ],
    },
    {
      title: 'takes in those without a name',
      steps: [send('stray'), wait(500), send('stray'), wait(500), send('sweets'), wait(500)],
    },
  ],
};

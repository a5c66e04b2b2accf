/** emit from root and child, enqueueActions with check, a custom action that sends to itself, systemId. */
import { assign, emit, enqueueActions, sendTo, setup, type ActorRefFrom } from 'xstate';
import { send, type ConformanceCase } from '../scenario.js';

const speaker = setup({
  types: {
    context: {} as { said: string[] },
    events: {} as { type: 'say'; word: string },
    emitted: {} as { type: 'said'; word: string },
  },
}).createMachine({
  id: 'speaker',
  context: { said: [] },
  on: {
    say: {
      actions: [
        assign({ said: ({ context, event }) => [...context.said, event.word] }),
        emit(({ event }) => ({ type: 'said', word: event.word })),
      ],
    },
  },
});
const messenger = setup({ types: { events: {} as { type: 'pass'; word: string } } }).createMachine({
  id: 'messenger',
  on: {
    pass: {
      actions: sendTo(
        ({ system }) => system.get('loud') as ActorRefFrom<typeof speaker>, // the root invokes it under that name
        ({ event }) => ({ type: 'say', word: event.word }),
      ),
    },
  },
});
const machine = setup({
  types: {
    context: {} as { count: number },
    events: {} as { type: 'go'; word: string } | { type: 'echo' | 'end' },
    emitted: {} as { type: 'counted'; count: number } | { type: 'even' } | { type: 'bye' },
  },
  actors: { speaker, messenger },
  guards: { even: ({ context }) => context.count % 2 === 1 },
}).createMachine({
  id: 'announcer',
  context: { count: 0 },
  initial: 'open',
  invoke: [
    { src: 'speaker', id: 'speaker', systemId: 'loud' },
    { src: 'messenger', id: 'messenger' },
  ],
  states: {
    open: {
      on: {
        go: {
          actions: [
            enqueueActions(({ enqueue, check, event }) => {
              if (check('even')) enqueue.emit({ type: 'even' });
              enqueue.assign({ count: ({ context }) => context.count + 1 });
              enqueue.emit(({ context }) => ({ type: 'counted', count: context.count }));
              enqueue.sendTo('messenger', { type: 'pass', word: event.word });
            }),
            ({ self }) => self.send({ type: 'echo' }),
          ],
        },
        echo: { actions: sendTo('speaker', { type: 'say', word: 'echo' }) },
        end: { target: 'closed', actions: emit({ type: 'bye' }) },
      },
    },
    closed: { type: 'final' },
  },
});

export const announcer: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'tells everybody once',
      steps: [send('go', { word: 'a' }), send('go', { word: 'b' }), send('echo'), send('end')],
    },
  ],
};

import { setup } from 'xstate';
import { fromActivity } from '../../src/durable/index.js';

const unprovided = fromActivity<null, undefined>(() => Promise.reject(new Error('The test provides no post.')));

/** A parcel is sent by an activity, again after a pause where that failed; then it waits until it is signed for or lost. */
export const parcelMachine = setup({
  actors: { send: unprovided },
  delays: { pause: 5_000, patience: 60_000 },
}).createMachine({
  id: 'parcel',
  initial: 'sending',
  states: {
    sending: { invoke: { src: 'send', onDone: 'sent', onError: 'pausing' } },
    pausing: { after: { pause: 'sending' } },
    sent: { on: { sign: 'signed' }, after: { patience: 'lost' } },
    signed: { type: 'final' },
    lost: { type: 'final' },
  },
});

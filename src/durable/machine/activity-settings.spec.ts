import { fromPromise, setup } from 'xstate';
import { registerMachine } from './machine-registration.js';
import type { ActivityOptions } from './activity-settings.js';

const nothing = fromPromise(() => Promise.resolve(null));
const child = setup({ actors: { ring: nothing } }).createMachine({
  initial: 'ringing',
  states: { ringing: { invoke: { src: 'ring' } } },
});
const machine = setup({ actors: { child, walk: nothing } }).createMachine({
  id: 'errand',
  initial: 'walking',
  states: { walking: { invoke: { src: 'walk' } }, visiting: { invoke: { src: 'child' } } },
});
const rules = (options: ActivityOptions) => registerMachine({ machine, ...options }).activityRules;

describe('the settings of activities', () => {
  it('are none unless they are asked for, but for the end of a crash loop', () => {
    expect(rules({}).settingsOf(['walk'])).toEqual({
      timeoutMs: null,
      heartbeatTimeoutMs: null,
      limit: null,
      maxDeliveries: 5,
      safe: false,
      checkOutput: null,
    });
  });

  it('are the defaults, and what an activity says of its own, in child machines too', () => {
    const { settingsOf } = rules({
      limits: { bell: 1 },
      activityDefaults: { timeoutMs: 1_000, maxDeliveries: 2 },
      activities: { ring: { limit: 'bell', timeoutMs: undefined }, walk: { timeoutMs: 5 } },
    });
    expect(settingsOf(['child', 'ring'])).toMatchObject({ timeoutMs: 1_000, limit: 'bell', maxDeliveries: 2 });
    expect(settingsOf(['walk'])).toMatchObject({ timeoutMs: 5, limit: null, maxDeliveries: 2 });
  });

  it.each<[string, ActivityOptions]>([
    ['activities.run: the machine has no such activity', { activities: { run: {} } }],
    ['activities.walk.limit: there is no limit "road"', { activities: { walk: { limit: 'road' } } }],
    ['activityDefaults.limit: there is no limit "toString"', { activityDefaults: { limit: 'toString' } }],
    ['activities.walk.timeoutMs must be a whole number from 1, not 0', { activities: { walk: { timeoutMs: 0 } } }],
    ['activityDefaults.heartbeatTimeoutMs must be', { activityDefaults: { heartbeatTimeoutMs: Infinity } }],
    ['activityDefaults.maxDeliveries must be', { activityDefaults: { maxDeliveries: 1.5 } }],
    ['activities.walk.safe must be true or false, not "yes"', { activities: { walk: { safe: 'yes' as never } } }],
    ['limits.road must be', { limits: { road: -1 } }],
  ])('refuse what cannot be meant: %s', (message, options) => {
    expect(() => rules(options)).toThrow(message);
  });
});

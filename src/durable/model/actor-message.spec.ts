import { recordedKindOf } from './actor-message.js';

describe('the recorded kind of a message', () => {
  it('is the kind itself, and `settle` for a re-evaluation, because stored rows and dashboards hold that word', () => {
    expect(recordedKindOf({ kind: 'timer', taskId: 'timer#1' })).toBe('timer');
    expect(recordedKindOf({ kind: 'start', input: null })).toBe('start');
    expect(recordedKindOf({ kind: 'reevaluate' })).toBe('settle');
  });
});

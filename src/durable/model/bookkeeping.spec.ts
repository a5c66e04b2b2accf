import { type Bookkeeping, emptyBookkeeping, readBookkeeping, writeBookkeeping } from './bookkeeping.js';
import type { IncidentRecord } from './store.port.js';

const incident: IncidentRecord = {
  incidentId: 'a:3',
  actorId: 'a',
  subjectId: 'a',
  machineId: 'loan',
  kind: 'turn_refused',
  status: 'waiting',
  cause: '{}',
  suggestedAction: 'deploy-fix',
  advice: 'Deploy a fix.',
  openedAt: 1,
  resolvedAt: null,
  resolution: null,
  resolvedBy: null,
  reason: null,
};

const full: Bookkeeping = {
  ...emptyBookkeeping,
  lastTask: 7,
  incident,
  suspendedAt: 5,
  blockedTurns: [{ incident, message: 'timer#7' }],
  stateBeforeFailure: { snapshot: '{}', timers: [] },
};

describe('bookkeeping', () => {
  it.each([
    ['empty', emptyBookkeeping],
    ['with every field', full],
  ])('reads back what it writes: %s', (_name, bookkeeping) => {
    expect(readBookkeeping({ bookkeeping: writeBookkeeping(bookkeeping) })).toStrictEqual(bookkeeping);
  });

  it('stores blocked turns and the state before a failure under the keys of the first release', () => {
    const stored = JSON.parse(writeBookkeeping(full)) as unknown;
    expect(stored).toStrictEqual({
      ...emptyBookkeeping,
      lastTask: 7,
      incident,
      suspendedAt: 5,
      troubles: [{ incident, signal: 'timer#7' }],
      failedFrom: { snapshot: '{}', timers: [] },
    });
  });

  it('completes an incident that was stored without advice and subject', () => {
    const { advice, subjectId, ...early } = incident;
    const bookkeeping = JSON.stringify({ ...emptyBookkeeping, incident: early });
    expect(advice).not.toBe(early.suggestedAction);
    expect(readBookkeeping({ bookkeeping }).incident).toStrictEqual({ ...early, advice: 'deploy-fix', subjectId });
  });
});

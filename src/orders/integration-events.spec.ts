import type { ActorChange } from '../durable/index.js';
import { publishOrder } from './integration-events.js';

const AT = Date.UTC(2026, 0, 1, 12);

function actorAt(overrides: Partial<ActorChange['after']> = {}): ActorChange['after'] {
  return {
    actorId: 'o-1',
    machineId: 'order',
    machineVersion: '1',
    definitionHash: 'hash',
    revision: 7,
    runtimeStatus: 'running',
    status: 'AwaitingPayment',
    outcome: null,
    incident: false,
    waitingFor: '[]',
    attributes: '{"sessionId":"s-1","userId":"u-1","correlationId":"c-1"}',
    createdAt: AT,
    updatedAt: AT,
    completedAt: null,
    ...overrides,
  };
}

const incident: NonNullable<ActorChange['openAfter']> = {
  incidentId: 'o-1:7',
  actorId: 'o-1',
  subjectId: 'o-1',
  machineId: 'order',
  kind: 'machine_waits',
  status: 'AwaitingPayment',
  cause: '{"type":"activity.failed","data":{"secret":"never"}}',
  suggestedAction: 'retry',
  advice: 'Mend the cause, then retry.',
  openedAt: AT,
  resolvedAt: null,
  resolution: null,
  resolvedBy: null,
  reason: null,
};

const publishedOn = (change: Partial<ActorChange> & Pick<ActorChange, 'before' | 'after'>) =>
  publishOrder({ openBefore: undefined, openAfter: undefined, ...change });

describe('what is told of an order', () => {
  it('is nothing when it stands where it stood', () => {
    expect(publishedOn({ before: actorAt({ revision: 6 }), after: actorAt() })).toEqual([]);
  });

  it('is its status when that changed, with where it came from and who it is, and nothing personal', () => {
    const [first, ...rest] = publishedOn({ before: actorAt({ status: 'CalculatingFinalPrice' }), after: actorAt() });
    expect(rest).toEqual([]);
    expect(first).toEqual({
      type: 'order.status_changed',
      data: {
        orderId: 'o-1',
        status: 'AwaitingPayment',
        previousStatus: 'CalculatingFinalPrice',
        outcome: null,
        runtimeStatus: 'Running',
        revision: 7,
        updatedAt: '2026-01-01T12:00:00.000Z',
        sessionId: 's-1',
        correlationId: 'c-1',
      },
    });
    expect(publishedOn({ before: null, after: actorAt() })).toMatchObject([{ data: { previousStatus: null } }]);
  });

  it.each(['completed', 'terminated'] as const)('is its end, once, when it is %s', (runtimeStatus) => {
    const ended = actorAt({ runtimeStatus, outcome: 'fulfilled', completedAt: AT });
    expect(publishedOn({ before: actorAt(), after: ended })).toMatchObject([
      { type: 'order.completed', data: { outcome: 'fulfilled' } },
    ]);
    expect(publishedOn({ before: ended, after: { ...ended, revision: 8 } })).toEqual([]);
  });

  it('is an incident when its machine fails, and no end, because a person can have it go on', () => {
    const failed = actorAt({ runtimeStatus: 'failed', completedAt: AT });
    const types = publishedOn({ before: actorAt(), after: failed, openAfter: incident }).map(({ type }) => type);
    expect(types).toEqual(['order.incident_opened']);
  });

  it('is an incident when it opens and when it is resolved, without what led to it', () => {
    const [opened] = publishedOn({ before: actorAt(), after: actorAt(), openAfter: incident });
    expect(opened).toMatchObject({ type: 'order.incident_opened', data: { incident: { id: 'o-1:7' } } });
    expect(JSON.stringify(opened)).not.toContain('never');
    expect(publishedOn({ before: actorAt(), after: actorAt(), openBefore: incident, openAfter: incident })).toEqual([]);
    expect(publishedOn({ before: actorAt(), after: actorAt(), openBefore: incident })).toMatchObject([
      { type: 'order.incident_resolved', data: { incident: { id: 'o-1:7' } } },
    ]);
  });
});

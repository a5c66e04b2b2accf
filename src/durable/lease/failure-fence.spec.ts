import type { ActorMessage } from '../model/actor-message.js';
import { StoreUnavailableError } from '../model/durable-errors.js';
import { silentLogger } from '../model/logger.port.js';
import type { TaskRecord } from '../model/store.port.js';
import { FailureFence } from './failure-fence.js';

const ME = 'this node';
const OTHER = 'another node';
const STARTED_AT = 1_000;

const error = { name: 'Error', code: 'partner_timeout', message: 'No answer in time.', retryable: true };
const failed: ActorMessage = { kind: 'activity.failed', taskId: 't', error, startedAt: STARTED_AT };
const completed: ActorMessage = { kind: 'activity.completed', taskId: 't', output: 1, startedAt: STARTED_AT };

function fenceOf(ownerNode: string | null | undefined) {
  const asked: string[] = [];
  const task: TaskRecord = { taskId: 't', actorId: 'a', kind: 'activity', dueAt: 0, ownerNode: null, deliveries: 1 };
  const fence = new FailureFence({
    logger: silentLogger,
    nodeId: ME,
    lease: {
      assure: () => {
        asked.push('lease');
        return Promise.resolve();
      },
    },
    store: {
      tasksOf: () => {
        asked.push('store');
        const other = { ...task, taskId: 'another', ownerNode: ME };
        return Promise.resolve(ownerNode === undefined ? [other] : [other, { ...task, ownerNode }]);
      },
    },
  });
  return { fence, asked };
}

describe('The fence for failures (G3)', () => {
  const OWNERS = { nobody: null, 'this node': ME, 'another node': OTHER, 'no one, for it has ended': undefined };
  const CASES = Object.entries(OWNERS).flatMap(([owner, ownerNode]) =>
    [failed, completed].map((message) => ({ message, owner, ownerNode })),
  );

  it.each(CASES)('$message.kind, while the task belongs to $owner', async ({ message, ownerNode }) => {
    const { fence, asked } = fenceOf(ownerNode);
    const isFailure = message.kind === 'activity.failed';
    const isAnothers = ownerNode === null || ownerNode === OTHER;
    expect(await fence.stops('a', message)).toBe(isFailure && isAnothers);
    // The lease first: else somebody may take the task between the question and the commit.
    expect(asked).toEqual(isFailure ? ['lease', 'store'] : []);
  });

  it('lets nothing pass while nobody can say whose the task is', async () => {
    const away = () => Promise.reject(new StoreUnavailableError('The store is away.'));
    const options = { logger: silentLogger, nodeId: ME, lease: { assure: away } };
    const fence = new FailureFence({ ...options, store: { tasksOf: () => Promise.resolve([]) } });
    await expect(fence.stops('a', failed)).rejects.toBeInstanceOf(StoreUnavailableError);
  });
});

import type { Logger } from 'pino';
import {
  type ActivityContext,
  type ActorMessage,
  type ActorRecord,
  type Disposition,
  recordedKindOf,
  type RuntimeObserver,
} from '../../durable/index.js';
import type { LogContext } from './log-context.js';

const nothing = (): void => undefined;

/**
 * Writes log lines about orders, with their ids.
 *
 * Level `info`: the end of an order, operators' commands, and events that the runtime keeps or refuses.
 * Level `debug`: every turn and every finished activity.
 * No line contains the content of an event, an input or an output.
 */
export class LogObserver implements RuntimeObserver {
  readonly now = (): number => 0;
  readonly draftDropped = nothing;
  readonly batchWritten = nothing;
  readonly batchFailed = nothing;
  readonly callerRefused = nothing;
  readonly activityAdmitted = nothing;
  readonly activityStarted = nothing;
  readonly timerFired = nothing;
  private readonly debug: boolean;
  private readonly info: boolean;

  constructor(
    private readonly log: Logger,
    private readonly context: LogContext,
  ) {
    this.debug = log.isLevelEnabled('debug');
    this.info = log.isLevelEnabled('info');
  }

  turnComputed(actorId: string, machineId: string, message: ActorMessage, disposition: Disposition): void {
    const noteworthy = message.kind === 'command' || disposition === 'kept' || disposition === 'refused';
    if (!(noteworthy ? this.info : this.debug)) return;
    const fields = {
      ...this.context.of(actorId),
      machineId,
      signal: recordedKindOf(message),
      disposition,
      ...wordOf(message),
    };
    if (noteworthy) this.log.info(fields, 'a message was put to its actor');
    else this.log.debug(fields, 'a message was put to its actor');
  }

  draftCommitted(before: ActorRecord | null, after: ActorRecord): void {
    this.context.remember(after);
    const { actorId, machineId, status, outcome, revision, createdAt, completedAt } = after;
    if (completedAt !== null && (before === null || before.completedAt === null)) {
      if (!this.info) return;
      const lifetimeMs = completedAt - createdAt;
      this.log.info(
        { ...this.context.of(actorId), machineId, status, outcome, revision, lifetimeMs },
        'an actor ended',
      );
    } else if (this.debug) {
      this.log.debug({ ...this.context.of(actorId), machineId, status, revision }, 'turns were committed');
    }
  }

  activityEnded(context: ActivityContext, outcome: 'completed' | 'failed' | 'cancelled', code: string | null): void {
    if (!this.debug) return;
    const { actorId, activityId, attempt, delivery } = context;
    this.log.debug({ ...this.context.of(actorId), activityId, attempt, delivery, outcome, code }, 'an activity ended');
  }

  activityTakenOver(actor: ActorRecord): void {
    this.context.remember(actor);
  }
}

function wordOf(message: ActorMessage): object {
  switch (message.kind) {
    case 'event':
      return { event: message.event.type };
    case 'command':
      return { command: message.command.type, by: message.command.by };
    case 'kept':
      return { event: message.record.type };
    case 'activity.completed':
    case 'activity.failed':
    case 'timer':
      return { taskId: message.taskId };
    case 'start':
    case 'reevaluate':
      return {};
  }
}

/** Two activities, `north` and `south`, run by a runner of their own; for the specs of this room. */
import { setup } from 'xstate';
import { type ActivityOptions } from '../machine/activity-settings.js';
import { type RegisteredMachine, registerMachine } from '../machine/machine-registration.js';
import type { ActivityContext } from '../model/activity-context.js';
import type { ActorMessage } from '../model/actor-message.js';
import { noCrashPoints } from '../model/crash-points.js';
import { silentLogger } from '../model/logger.port.js';
import { silentObserver } from '../model/runtime-observer.js';
import { fromActivity } from '../activity/activity.js';
import { ActivityRunner, type TaskRun } from '../activity/activity-runner.js';
import type { EarlyRun } from '../activity/early-runs.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import { VirtualClock } from './virtual-clock.js';

export type Call = (context: ActivityContext) => Promise<unknown>;
type Partner = 'north' | 'south';

const succeed: Call = () => Promise.resolve('done');

export class RunnerScene {
  readonly clock = new VirtualClock();
  readonly results: { actorId: string; at: number; result: ActorMessage; run: TaskRun }[] = [];
  /** Who called whom. */
  readonly called: string[] = [];
  /** Tasks that are no longer this node's. */
  readonly takenAway = new Set<string>();
  readonly calls: Record<Partner, Call> = { north: succeed, south: succeed };
  readonly runner: ActivityRunner;
  readonly registration: RegisteredMachine;

  constructor(options: ActivityOptions) {
    this.runner = new ActivityRunner({
      observer: silentObserver,
      clock: this.clock,
      crashPoints: noCrashPoints,
      logger: silentLogger,
      deliver: (actorId, result, run) => {
        this.results.push({ actorId, at: this.clock.now(), result, run });
        return Promise.resolve();
      },
      isHeld: (_actorId, taskId) => Promise.resolve(!this.takenAway.has(taskId)),
    });
    const call = (partner: Partner) =>
      fromActivity((_input: undefined, context) => {
        this.called.push(`${partner} ${context.actorId}`);
        return this.calls[partner](context);
      });
    const machine = setup({ actors: { north: call('north'), south: call('south') } }).createMachine({ id: 'errand' });
    this.registration = registerMachine({ machine, ...options });
    this.runner.prepare(this.registration);
  }

  start(actorId: string, partner: Partner, delivery = 1): void {
    this.runner.start(this.registration, actorId, this.activityOf(actorId, partner), delivery);
  }

  startEarly(actorId: string, partner: Partner): EarlyRun | null {
    return this.runner.startEarly(this.registration, actorId, this.activityOf(actorId, partner));
  }

  private activityOf(actorId: string, partner: Partner): ScheduledActivity {
    const activity = { activityId: partner, path: partner, sources: [partner], input: undefined };
    const idempotencyKey = `${actorId}:${partner}`;
    return { ...activity, taskId: 'task#1', attempt: 1, idempotencyKey, scheduledAt: this.clock.now() };
  }
}

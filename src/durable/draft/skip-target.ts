/** Finds the activity that a skip means, and checks the output that the operator supplies for it. */
import type { ActorCommand } from '../model/actor-command.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import { findRunningActivity } from '../turn/find-running-activity.js';
import type { TurnDecided } from '../turn/turn-decision.js';

type Choice =
  | { readonly kind: 'chosen'; readonly activity: ScheduledActivity }
  | { readonly kind: 'refused'; readonly reason: string; readonly problems: readonly string[] };

/**
 * Refused: `nothing_to_skip`, `activity_unknown`, `activity_ambiguous` (the operator must name one), `output_invalid`.
 * @param back the turn that went back to the failed step: it would start the activities that failed.
 * @param refusedTasks task ids of running activities whose results the machine could not take.
 */
export function chooseSkipped(
  { activityId, output }: Extract<ActorCommand, { type: 'skip' }>,
  registration: RegisteredMachine,
  back: Pick<TurnDecided, 'startActivities' | 'snapshot' | 'bookkeeping'>,
  refusedTasks: readonly string[],
): Choice {
  const { snapshot, bookkeeping } = back;
  const running = refusedTasks
    .map((taskId) => findRunningActivity(snapshot, bookkeeping, taskId))
    .filter((each) => each !== null);
  const all = [...back.startActivities, ...running];
  if (all.length === 0) return refused('nothing_to_skip');
  const named = activityId === null ? all : all.filter((each) => isNamed(each, activityId));
  const [activity, another] = named;
  if (activity === undefined) return refused('activity_unknown');
  if (another !== undefined) return refused('activity_ambiguous');
  const problems = registration.activityRules.settingsOf(activity.sources).checkOutput?.(output, activity.input) ?? [];
  return problems.length > 0 ? { ...refused('output_invalid'), problems } : { kind: 'chosen', activity };
}

function refused(reason: string) {
  return { kind: 'refused', reason, problems: [] as readonly string[] } as const;
}

function isNamed({ activityId }: ScheduledActivity, name: string): boolean {
  return activityId === name || activityId.endsWith(`/${name}`);
}

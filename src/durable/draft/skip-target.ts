/** Which activity a skip is about, and whether the output that is supplied for it will do. */
import type { ActorCommand } from '../model/actor-command.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import { findRunningActivity } from '../turn/find-running-activity.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import type { TurnDecided } from '../turn/turn-decision.js';

type Choice =
  | { readonly kind: 'chosen'; readonly activity: ScheduledActivity }
  | { readonly kind: 'refused'; readonly reason: string; readonly problems: readonly string[] };

/**
 * @param back the turn that went back to the step: what it would start is what failed.
 * @param refusedTasks running activities whose results the machine could not take.
 * Refused: `nothing_to_skip`; `activity_unknown`; `activity_ambiguous` when it must be named; `output_invalid`.
 */
export function chooseSkipped(
  { activityId, output }: Extract<ActorCommand, { type: 'skip' }>,
  registration: RegisteredMachine,
  back: Pick<TurnDecided, 'startActivities' | 'snapshot' | 'bookkeeping'>,
  refusedTasks: readonly string[],
): Choice {
  const stored = { snapshot: back.snapshot, bookkeeping: JSON.stringify(back.bookkeeping) };
  const running = refusedTasks.map((taskId) => findRunningActivity(stored, taskId)).filter((each) => each !== null);
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

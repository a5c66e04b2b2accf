/**
 * Carries out an operator's command on an actor: its turns, its tasks, and the outcome.
 *
 * A command that is refused at any step leaves the actor and the commit as they were: nothing is added to the commit before
 * the last step that can refuse.
 * Leaves to others: what a command means (decide-command.ts).
 */
import type { ActorCommand } from '../model/actor-command.js';
import type { ActorMessage, TurnMessage } from '../model/actor-message.js';
import type { TurnFact } from '../model/turn-fact.js';
import { findRunningActivity } from '../turn/find-running-activity.js';
import type { ActorState } from './actor-state.js';
import { nameOf } from './blocked-turn.js';
import { type CommandApplied, decideCommand } from './decide-command.js';
import { addEvent, isKept } from './event-inbox.js';
import { type MessageOutcome, outcomeOf } from './message-outcome.js';
import { redacted, reviseUnmoved, type StepContext } from './revise.js';
import { chooseSkipped } from './skip-target.js';
import { offerKept, runTurn, takeDeferred, takeTurn, turnFrom, type TurnTaken } from './turn-sequence.js';

type CommandMessage = Extract<ActorMessage, { kind: 'command' }>;
type SkipCommand = Extract<ActorCommand, { type: 'skip' }>;

export interface CommandHandled {
  /** Null when the command was refused. */
  readonly state: ActorState | null;
  readonly outcome: MessageOutcome;
}

const refused = (outcome: MessageOutcome): CommandHandled => ({ state: null, outcome });

/** Records the key of a command that was carried out, so that a repetition is a duplicate. */
export function handleCommand(context: StepContext, before: ActorState, message: CommandMessage): CommandHandled {
  const { command, key } = message;
  const handled = carryOut(context, before, command);
  const { state } = handled;
  if (state === null || key === null) return handled;
  const arrival = { type: nameOf(message), event: command, key, state: 'applied', reason: null } as const;
  const { inbox } = addEvent(state.inbox, arrival, context.commit, context.now);
  return { ...handled, state: { ...state, inbox } };
}

function carryOut(context: StepContext, before: ActorState, command: ActorCommand): CommandHandled {
  const { record: actor, bookkeeping, incidents } = before;
  if (actor === null) return refused(outcomeOf('stale'));
  const decision = decideCommand({
    command,
    actor,
    bookkeeping,
    incidents,
    registration: context.registration,
    now: context.now,
  });
  if (decision.kind === 'refused') return refused(outcomeOf('refused', decision.reason));
  const fact = redacted(context, decision.fact);
  if (decision.turn === null) {
    moveTasks(context, before, decision);
    return { state: reviseUnmoved(context, before, { ...decision, facts: [fact] }), outcome: outcomeOf('applied') };
  }
  const start: ActorState = {
    ...before,
    record: { ...actor, snapshot: decision.snapshot, runtimeStatus: 'running' },
    bookkeeping: decision.bookkeeping,
  };
  const moved =
    command.type === 'skip'
      ? skip(context, start, command, decision.turn, decision.freeTasks, fact)
      : move(context, start, decision.turn, fact);
  if ('disposition' in moved) return refused(moved);
  moveTasks(context, moved.state, decision);
  return { state: offerKept(context, takeDeferred(context, moved)), outcome: outcomeOf('applied') };
}

function move(context: StepContext, start: ActorState, turn: TurnMessage, fact: TurnFact): TurnTaken | MessageOutcome {
  const taken = runTurn(context, start, turn, [fact]);
  return taken.result.decided === null ? outcomeOf('refused', 'not_now') : taken;
}

/** Goes back to the step that failed, and settles its activity with the operator's output before it starts. */
function skip(
  context: StepContext,
  start: ActorState,
  command: SkipCommand,
  turn: TurnMessage,
  refusedTasks: readonly string[],
  fact: TurnFact,
): TurnTaken | MessageOutcome {
  const { record, bookkeeping } = start;
  const back = turnFrom(context, start, turn, { snapshot: record?.snapshot ?? null, bookkeeping });
  if (back.decided === null) return outcomeOf('refused', 'not_now');
  const choice = chooseSkipped(command, context.registration, back.decided, refusedTasks);
  if (choice.kind === 'refused') return { ...outcomeOf('refused', choice.reason), problems: choice.problems };
  const { taskId, activityId } = choice.activity;
  const { output } = command;
  const done = { kind: 'activity.completed', taskId, output, startedAt: context.now, skipped: true } as const;
  const result = turnFrom(context, { ...start, hydrated: back.hydrated }, done, back.decided);
  if (result.decided === null) return outcomeOf('refused', 'not_now');
  const skipped = { ...fact, data: { ...fact.data, activityId, taskId } };
  const wentBack = takeTurn(context, start, turn, back, back.decided, [skipped]);
  return { state: takeTurn(context, wentBack, done, result, result.decided), result };
}

/** @param state after the command's own turn: tasks that the turn has cancelled are not added again. */
function moveTasks(context: StepContext, state: ActorState, decision: CommandApplied): void {
  const { commit, now } = context;
  const { running, timers } = state.bookkeeping;
  for (const taskId of decision.endTasks) commit.endTask(taskId);
  const alive = new Set(timers.map(({ taskId }) => taskId));
  for (const timer of decision.setTimers) if (alive.has(timer.taskId)) commit.freeTimer(timer);
  for (const taskId of decision.freeTasks) if (taskId in running) commit.freeActivity(taskId, now);
  for (const taskId of decision.restartTasks) restart(context, state, taskId);
}

/** Does nothing when the activity's result is kept already, or when the command's turn has left the activity. */
function restart({ commit, now }: StepContext, { record, bookkeeping, inbox }: ActorState, taskId: string): void {
  if (record === null || !(taskId in bookkeeping.running) || isKept(inbox, `result:${taskId}`)) return;
  const activity = findRunningActivity(record.snapshot, bookkeeping, taskId);
  if (activity !== null) commit.restartActivity(activity, now);
}

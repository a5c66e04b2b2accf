/** Carries out an operator's command on the actor of a draft: its turns, its tasks, and what it is answered. */
import type { ActorCommand } from '../model/actor-command.js';
import type { ActorState } from './actor-state.js';
import { type DraftAnswer, answer } from './draft-answer.js';
import { type CommandApplied, type CommandTurn, decideCommand } from './decide-command.js';
import type { EventInbox } from './event-inbox.js';
import type { CommitBuilder } from './commit-builder.js';
import { chooseSkipped } from './skip-target.js';
import type { TurnSequence } from './turn-sequence.js';
import { nameOf } from './blocked-turn.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { ActorMessage } from '../model/actor-message.js';
import { findRunningActivity } from '../turn/find-running-activity.js';
import type { TurnFact } from '../model/turn-fact.js';
import type { TurnResult } from '../turn/turn.js';

export interface DraftParts {
  readonly registration: RegisteredMachine;
  readonly actor: ActorState;
  readonly events: EventInbox;
  readonly ledger: CommitBuilder;
  readonly turns: TurnSequence;
}

type CommandSignal = Extract<ActorMessage, { kind: 'command' }>;
type SkipCommand = Extract<ActorCommand, { type: 'skip' }>;
type Moved = { readonly last: TurnResult } | { readonly refused: DraftAnswer };

const NOT_NOW: Moved = { refused: answer('refused', 'not_now') };

export class CommandHandler {
  constructor(private readonly parts: DraftParts) {}

  /** What was refused leaves no trace; what was done is known by its key. */
  command(signal: CommandSignal, now: number): DraftAnswer {
    const { command, key } = signal;
    const result = this.obey(command, now);
    if (result.disposition === 'applied' && key !== null) {
      this.parts.events.add({ type: nameOf(signal), event: command, key, state: 'applied', reason: null }, now);
    }
    return result;
  }

  private obey(command: ActorCommand, now: number): DraftAnswer {
    const { actor, registration, turns } = this.parts;
    const { record, book, incidents } = actor;
    if (record === null) return answer('stale');
    const { ofMachine, blockedTurns: troubles } = incidents;
    const decision = decideCommand({ command, actor: record, book, ofMachine, troubles, registration, now });
    if (decision.kind === 'refused') return answer('refused', decision.reason);
    const fact = actor.redacted(decision.fact);
    if (decision.turn === null) {
      this.moveTasks(decision, now);
      actor.putUnmoved(decision.runtimeStatus, decision.book, [fact], now);
      return answer('applied');
    }
    actor.record = { ...record, snapshot: decision.snapshot, runtimeStatus: 'running' };
    actor.book = decision.book;
    const moved =
      command.type === 'skip'
        ? this.skip(command, decision.turn, decision.freeTasks, fact, now)
        : this.move(decision.turn, fact, now);
    if ('refused' in moved) {
      actor.record = record;
      actor.book = book;
      turns.standing = null;
      return moved.refused;
    }
    this.moveTasks(decision, now);
    turns.offerKept(turns.takeDeferred(moved.last, now), now);
    return answer('applied');
  }

  private move(turn: CommandTurn, fact: TurnFact, now: number): Moved {
    const result = this.parts.turns.run(turn, now, [fact]);
    // The machine does not take what the command would have it take.
    return result.decided === null ? NOT_NOW : { last: result };
  }

  /** Goes back to the step that failed, and settles its activity with what the operator says, before it ever starts. */
  private skip(
    command: SkipCommand,
    turn: CommandTurn,
    refusedTasks: readonly string[],
    fact: TurnFact,
    now: number,
  ): Moved {
    const { actor, registration, turns } = this.parts;
    const { record, book } = actor;
    const back = turns.compute(turn, { snapshot: record?.snapshot ?? null, book }, now);
    if (back.decided === null) return NOT_NOW;
    const choice = chooseSkipped(command, registration, back.decided, refusedTasks);
    if (choice.kind === 'refused') {
      return { refused: { ...answer('refused', choice.reason), problems: choice.problems } };
    }
    const { taskId, activityId } = choice.activity;
    const done = { kind: 'activity.completed', taskId, output: command.output, startedAt: now, skipped: true } as const;
    const on = turns.compute(done, back.decided, now);
    if (on.decided === null) return NOT_NOW;
    turns.take(turn, back, back.decided, now, [{ ...fact, data: { ...fact.data, activityId, taskId } }]);
    turns.take(done, on, on.decided, now);
    return { last: on };
  }

  private moveTasks(decision: CommandApplied, now: number): void {
    const { actor, ledger } = this.parts;
    for (const taskId of decision.endTasks) ledger.endTask(taskId);
    const { running, timers } = actor.book;
    // What the command's own turn has cancelled meanwhile stays so.
    const alive = new Set(timers.map((timer) => timer.taskId));
    for (const timer of decision.setTimers) if (alive.has(timer.taskId)) ledger.freeTimer(timer);
    for (const taskId of decision.freeTasks) if (taskId in running) ledger.freeActivity(taskId, now);
    for (const taskId of decision.restartTasks) this.restart(taskId, now);
  }

  /** Unless its result is there already, or the command's turn has left it. */
  private restart(taskId: string, now: number): void {
    const { actor, events, ledger } = this.parts;
    const { record, book } = actor;
    if (record === null || !(taskId in book.running) || events.isKept(`result:${taskId}`)) return;
    const activity = findRunningActivity(record, taskId);
    if (activity !== null) ledger.restartActivity(activity, now);
  }
}

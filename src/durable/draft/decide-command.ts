/** What an operator's command means for an actor: which rows change, and which turn, if any, its machine takes. */
import type { ActorCommand } from '../model/actor-command.js';
import type { BlockedTurn, Bookkeeping, DurableTimer } from '../model/bookkeeping.js';
import { mergePatch } from '../json/merge-patch.js';
import { type JsonObject, isObject } from '../json/json-object.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { ActorRecord, IncidentRecord, RuntimeStatus } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';
import type { TurnMessage } from '../model/actor-message.js';

export interface CommandRequest {
  readonly command: ActorCommand;
  readonly actor: ActorRecord;
  readonly bookkeeping: Bookkeeping;
  /** The machine's own open incident. */
  readonly ofMachine: IncidentRecord | undefined;
  readonly blockedTurns: readonly BlockedTurn[];
  readonly registration: RegisteredMachine;
  readonly now: number;
}

export interface CommandApplied {
  readonly kind: 'applied';
  readonly fact: TurnFact;
  readonly runtimeStatus: RuntimeStatus;
  readonly snapshot: string;
  readonly bookkeeping: Bookkeeping;
  readonly endTasks: readonly string[];
  readonly setTimers: readonly DurableTimer[];
  /** Activities that somebody holds without running them. */
  readonly freeTasks: readonly string[];
  /** Activities whose tasks were taken away. */
  readonly restartTasks: readonly string[];
  /** Null when the machine learns nothing of it. */
  readonly turn: TurnMessage | null;
}

export type CommandDecision =
  | CommandApplied
  /** `actor_ended`, or `not_now`. */
  | { readonly kind: 'refused'; readonly reason: string };

export function decideCommand(request: CommandRequest): CommandDecision {
  const { command, actor } = request;
  switch (command.type) {
    case 'suspend':
      return actor.runtimeStatus === 'running' ? suspend(request, command) : refused(actor);
    case 'resume':
      return actor.runtimeStatus === 'suspended' ? resume(request, command) : refused(actor);
    case 'terminate':
      return isOpen(actor) || actor.runtimeStatus === 'failed' ? terminate(request, command) : refused(actor);
    case 'retry': {
      const { by, reason, patch } = command;
      return takeUp(request, command, patch, { type: 'actor.retried', data: { by, reason, patch } });
    }
    case 'skip': {
      const { by, reason, output } = command;
      return takeUp(request, command, null, { type: 'actor.skipped', data: { by, reason, output } });
    }
  }
}

type Command<T extends ActorCommand['type']> = Extract<ActorCommand, { type: T }>;

const isOpen = ({ runtimeStatus }: ActorRecord): boolean =>
  runtimeStatus === 'running' || runtimeStatus === 'suspended';

function refused(actor: ActorRecord): CommandDecision {
  const ended = !isOpen(actor) && actor.runtimeStatus !== 'failed';
  return { kind: 'refused', reason: ended ? 'actor_ended' : 'not_now' };
}

function suspend({ actor, bookkeeping, now }: CommandRequest, { by, reason }: Command<'suspend'>): CommandDecision {
  return {
    kind: 'applied',
    fact: { type: 'actor.suspended', data: { by, reason } },
    runtimeStatus: 'suspended',
    snapshot: actor.snapshot,
    bookkeeping: { ...bookkeeping, suspendedAt: now },
    // Nobody is to be handed any of them; what runs goes on, and its result is kept.
    endTasks: [...Object.keys(bookkeeping.running), ...bookkeeping.timers.map((timer) => timer.taskId)],
    setTimers: [],
    freeTasks: [],
    restartTasks: [],
    turn: null,
  };
}

function resume(
  { actor, bookkeeping, now }: CommandRequest,
  { by, reason, deadlines }: Command<'resume'>,
): CommandDecision {
  const movedByMs = deadlines === 'move' ? Math.max(0, now - (bookkeeping.suspendedAt ?? now)) : 0;
  const timers = bookkeeping.timers.map((timer) => ({ ...timer, dueAt: timer.dueAt + movedByMs }));
  return {
    kind: 'applied',
    fact: { type: 'actor.resumed', data: { by, reason, deadlines, movedByMs } },
    runtimeStatus: 'running',
    snapshot: actor.snapshot,
    bookkeeping: {
      timers,
      activities: bookkeeping.activities,
      running: bookkeeping.running,
      lastTask: bookkeeping.lastTask,
    },
    endTasks: [],
    setTimers: timers,
    freeTasks: [],
    restartTasks: Object.keys(bookkeeping.running),
    turn: { kind: 'settle' },
  };
}

function terminate({ actor, bookkeeping }: CommandRequest, { by, reason }: Command<'terminate'>): CommandDecision {
  return {
    kind: 'applied',
    fact: { type: 'actor.terminated', data: { by, reason } },
    runtimeStatus: 'terminated',
    snapshot: actor.snapshot,
    bookkeeping: { timers: [], activities: bookkeeping.activities, running: {}, lastTask: bookkeeping.lastTask },
    endTasks: [...Object.keys(bookkeeping.running), ...bookkeeping.timers.map((timer) => timer.taskId)],
    setTimers: [],
    freeTasks: [],
    restartTasks: [],
    turn: null,
  };
}

/** Goes back to what went wrong, with the context corrected. */
function takeUp(
  request: CommandRequest,
  { reason }: ActorCommand,
  patch: JsonObject | null,
  fact: TurnFact,
): CommandDecision {
  const { actor, ofMachine, blockedTurns } = request;
  if (actor.runtimeStatus === 'failed') return takeUpFailed(request, patch, fact);
  if (actor.runtimeStatus !== 'running') return refused(actor);
  if (ofMachine !== undefined) return takeUpIncident(request, reason, patch, fact);
  return blockedTurns.length > 0 ? takeUpRefused(request, patch, fact) : { kind: 'refused', reason: 'not_now' };
}

/** The machine itself waits for a person: it gets the event it takes for a retry. */
function takeUpIncident(
  request: CommandRequest,
  reason: string | null,
  patch: JsonObject | null,
  fact: TurnFact,
): CommandDecision {
  const { retryEvent } = request.registration;
  if (retryEvent === null) return { kind: 'refused', reason: 'not_now' };
  const event = { type: retryEvent, reason };
  return { ...takeUpRefused(request, patch, fact), turn: { kind: 'event', event, key: null } };
}

/** The machine could not take a result or a deadline: it is handed out again. */
function takeUpRefused(
  { actor, bookkeeping, blockedTurns }: CommandRequest,
  patch: JsonObject | null,
  fact: TurnFact,
): CommandApplied {
  const refusedSignals = new Set(blockedTurns.map(({ signal }) => signal));
  return {
    kind: 'applied',
    fact,
    runtimeStatus: 'running',
    snapshot: patched(actor.snapshot, patch),
    bookkeeping,
    endTasks: [],
    setTimers: bookkeeping.timers.filter(({ taskId }) => refusedSignals.has(taskId)),
    freeTasks: Object.keys(bookkeeping.running).filter((taskId) => refusedSignals.has(taskId)),
    restartTasks: [],
    turn: { kind: 'settle' },
  };
}

/** The machine failed: back to where it stood before that turn, with every activity of then to be run anew. */
function takeUpFailed({ bookkeeping }: CommandRequest, patch: JsonObject | null, fact: TurnFact): CommandDecision {
  const { failedFrom } = bookkeeping;
  if (failedFrom === undefined) return { kind: 'refused', reason: 'not_now' };
  return {
    kind: 'applied',
    fact,
    runtimeStatus: 'running',
    snapshot: JSON.stringify(withoutTaskIds(JSON.parse(patched(failedFrom.snapshot, patch)))),
    bookkeeping: {
      timers: failedFrom.timers,
      activities: bookkeeping.activities,
      running: {},
      lastTask: bookkeeping.lastTask,
    },
    endTasks: [],
    setTimers: failedFrom.timers,
    freeTasks: [],
    restartTasks: [],
    turn: { kind: 'settle' },
  };
}

function patched(snapshot: string, patch: JsonObject | null): string {
  if (patch === null) return snapshot;
  const stored: unknown = JSON.parse(snapshot);
  return isObject(stored) ? JSON.stringify({ ...stored, context: mergePatch(stored['context'], patch) }) : snapshot;
}

/** A running activity without a name is named, and so started, by the next turn. */
function withoutTaskIds(snapshot: unknown): unknown {
  if (!isObject(snapshot)) return snapshot;
  const children = isObject(snapshot['children'])
    ? {
        children: Object.fromEntries(
          Object.entries(snapshot['children']).map(([id, child]) => [
            id,
            isObject(child) ? { ...child, snapshot: withoutTaskIds(child['snapshot']) } : child,
          ]),
        ),
      }
    : {};
  return { ...snapshot, ...('taskId' in snapshot ? { taskId: '' } : {}), ...children };
}

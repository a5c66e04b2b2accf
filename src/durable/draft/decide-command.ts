/**
 * What an operator's command means for an actor: which rows change, and which turn, if any, its machine takes.
 *
 * Pure. Leaves to others: running that turn and writing the rows (command-handler.ts).
 */
import type { ActorCommand } from '../model/actor-command.js';
import type { TurnMessage } from '../model/actor-message.js';
import type { Bookkeeping, DurableTimer } from '../model/bookkeeping.js';
import type { ActorRecord, RuntimeStatus } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';
import { isObject, type JsonObject } from '../json/json-object.js';
import { mergePatch } from '../json/merge-patch.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { OpenIncidents } from './incident-log.js';

export interface CommandRequest {
  readonly command: ActorCommand;
  readonly actor: ActorRecord;
  readonly bookkeeping: Bookkeeping;
  readonly incidents: OpenIncidents;
  readonly registration: RegisteredMachine;
  /** Epoch milliseconds. */
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
  /** Task ids of activities that a node owns without running them. */
  readonly freeTasks: readonly string[];
  /** Task ids of activities whose tasks were removed. */
  readonly restartTasks: readonly string[];
  /** Null when the machine does not learn of the command. */
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
      return retryStep(request, command, patch, { type: 'actor.retried', data: { by, reason, patch } });
    }
    case 'skip': {
      const { by, reason, output } = command;
      return retryStep(request, command, null, { type: 'actor.skipped', data: { by, reason, output } });
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
    // No node may claim them. What runs already goes on, and its result is kept.
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
    turn: { kind: 'reevaluate' },
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

/** Goes back to the step that failed, with the context patched. A skip begins like a retry. */
function retryStep(
  request: CommandRequest,
  { reason }: ActorCommand,
  patch: JsonObject | null,
  fact: TurnFact,
): CommandDecision {
  const { actor, incidents } = request;
  if (actor.runtimeStatus === 'failed') return retryFailed(request, patch, fact);
  if (actor.runtimeStatus !== 'running') return refused(actor);
  if (incidents.incident !== undefined) return retryIncident(request, reason, patch, fact);
  if (incidents.blockedTurns === undefined) return { kind: 'refused', reason: 'not_now' };
  return retryBlocked(request, patch, fact);
}

/** The machine itself waits for a person: it receives its `retryEvent`. */
function retryIncident(
  request: CommandRequest,
  reason: string | null,
  patch: JsonObject | null,
  fact: TurnFact,
): CommandDecision {
  const { retryEvent } = request.registration;
  if (retryEvent === null) return { kind: 'refused', reason: 'not_now' };
  const event = { type: retryEvent, reason };
  return { ...retryBlocked(request, patch, fact), turn: { kind: 'event', event, key: null } };
}

/** The machine could not take a result or a timer: the tasks of both become claimable again. */
function retryBlocked(
  { actor, bookkeeping, incidents }: CommandRequest,
  patch: JsonObject | null,
  fact: TurnFact,
): CommandApplied {
  const refusedNames = new Set(incidents.blockedTurns?.map(({ message }) => message));
  return {
    kind: 'applied',
    fact,
    runtimeStatus: 'running',
    snapshot: patched(actor.snapshot, patch),
    bookkeeping,
    endTasks: [],
    setTimers: bookkeeping.timers.filter(({ taskId }) => refusedNames.has(taskId)),
    freeTasks: Object.keys(bookkeeping.running).filter((taskId) => refusedNames.has(taskId)),
    restartTasks: [],
    turn: { kind: 'reevaluate' },
  };
}

/** The machine failed: it goes back to its state before that turn, and every activity of that state runs again. */
function retryFailed({ bookkeeping }: CommandRequest, patch: JsonObject | null, fact: TurnFact): CommandDecision {
  const { stateBeforeFailure } = bookkeeping;
  if (stateBeforeFailure === undefined) return { kind: 'refused', reason: 'not_now' };
  return {
    kind: 'applied',
    fact,
    runtimeStatus: 'running',
    snapshot: JSON.stringify(withoutTaskIds(JSON.parse(patched(stateBeforeFailure.snapshot, patch)))),
    bookkeeping: {
      timers: stateBeforeFailure.timers,
      activities: bookkeeping.activities,
      running: {},
      lastTask: bookkeeping.lastTask,
    },
    endTasks: [],
    setTimers: stateBeforeFailure.timers,
    freeTasks: [],
    restartTasks: [],
    turn: { kind: 'reevaluate' },
  };
}

function patched(snapshot: string, patch: JsonObject | null): string {
  if (patch === null) return snapshot;
  const stored: unknown = JSON.parse(snapshot);
  return isObject(stored) ? JSON.stringify({ ...stored, context: mergePatch(stored['context'], patch) }) : snapshot;
}

/** The next turn gives a task id to each running activity that has none, and so starts it. */
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

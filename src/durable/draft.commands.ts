/** What an operator's command means for an actor: which rows change, and which turn, if any, its machine takes. */
import type { ActorCommand } from './actor.command.js';
import type { Bookkeeping, TimerNote } from './bookkeeping.js';
import { mergePatch } from './json.merge-patch.js';
import { isObject, type JsonObject } from './json.type.js';
import type { RegisteredMachine } from './machine.registration.js';
import type { ActorRecord, RuntimeStatus } from './store.port.js';
import type { TurnFact, TurnRequest } from './turn.js';

export interface CommandRequest {
  readonly command: ActorCommand;
  readonly actor: ActorRecord;
  readonly book: Bookkeeping;
  readonly registration: RegisteredMachine;
  readonly now: number;
}

export interface CommandApplied {
  readonly kind: 'applied';
  readonly fact: TurnFact;
  readonly runtimeStatus: RuntimeStatus;
  readonly snapshot: string;
  readonly book: Bookkeeping;
  readonly endTasks: readonly string[];
  readonly setTimers: readonly TimerNote[];
  /** Null when the machine learns nothing of it. */
  readonly turn: TurnRequest['signal'] | null;
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
    case 'retry':
      if (actor.runtimeStatus === 'failed') return retryFailed(request, command);
      return actor.runtimeStatus === 'running' ? retryIncident(request, command) : refused(actor);
  }
}

type Command<T extends ActorCommand['type']> = Extract<ActorCommand, { type: T }>;

const isOpen = ({ runtimeStatus }: ActorRecord): boolean =>
  runtimeStatus === 'running' || runtimeStatus === 'suspended';

function refused(actor: ActorRecord): CommandDecision {
  const ended = !isOpen(actor) && actor.runtimeStatus !== 'failed';
  return { kind: 'refused', reason: ended ? 'actor_ended' : 'not_now' };
}

function suspend({ actor, book, now }: CommandRequest, { by, reason }: Command<'suspend'>): CommandDecision {
  return {
    kind: 'applied',
    fact: { type: 'actor.suspended', data: { by, reason } },
    runtimeStatus: 'suspended',
    snapshot: actor.snapshot,
    book: { ...book, suspendedAt: now },
    endTasks: book.timers.map((timer) => timer.taskId),
    setTimers: [],
    turn: null,
  };
}

function resume({ actor, book, now }: CommandRequest, { by, reason, deadlines }: Command<'resume'>): CommandDecision {
  const movedByMs = deadlines === 'move' ? Math.max(0, now - (book.suspendedAt ?? now)) : 0;
  const timers = book.timers.map((timer) => ({ ...timer, dueAt: timer.dueAt + movedByMs }));
  return {
    kind: 'applied',
    fact: { type: 'actor.resumed', data: { by, reason, deadlines, movedByMs } },
    runtimeStatus: 'running',
    snapshot: actor.snapshot,
    book: { timers, activities: book.activities, running: book.running, lastTask: book.lastTask },
    endTasks: [],
    setTimers: timers,
    turn: { kind: 'settle' },
  };
}

function terminate({ actor, book }: CommandRequest, { by, reason }: Command<'terminate'>): CommandDecision {
  return {
    kind: 'applied',
    fact: { type: 'actor.terminated', data: { by, reason } },
    runtimeStatus: 'terminated',
    snapshot: actor.snapshot,
    book: { timers: [], activities: book.activities, running: {}, lastTask: book.lastTask },
    endTasks: [...Object.keys(book.running), ...book.timers.map((timer) => timer.taskId)],
    setTimers: [],
    turn: null,
  };
}

/** The machine itself waits for a person: its context is patched and it gets the event it takes for a retry. */
function retryIncident({ actor, book, registration }: CommandRequest, command: Command<'retry'>): CommandDecision {
  const { by, reason, patch } = command;
  if (!actor.incident || registration.retryEvent === null) return { kind: 'refused', reason: 'not_now' };
  return {
    kind: 'applied',
    fact: { type: 'actor.retried', data: { by, reason, patch } },
    runtimeStatus: 'running',
    snapshot: patched(actor.snapshot, patch),
    book,
    endTasks: [],
    setTimers: [],
    turn: { kind: 'event', event: { type: registration.retryEvent, reason }, key: null },
  };
}

/** The machine failed: back to where it stood before that turn, with every activity of then to be run anew. */
function retryFailed({ book }: CommandRequest, { by, reason, patch }: Command<'retry'>): CommandDecision {
  const { failedFrom } = book;
  if (failedFrom === undefined) return { kind: 'refused', reason: 'not_now' };
  return {
    kind: 'applied',
    fact: { type: 'actor.retried', data: { by, reason, patch } },
    runtimeStatus: 'running',
    snapshot: JSON.stringify(withoutTaskIds(JSON.parse(patched(failedFrom.snapshot, patch)))),
    book: { timers: failedFrom.timers, activities: book.activities, running: {}, lastTask: book.lastTask },
    endTasks: [],
    setTimers: failedFrom.timers,
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

/**
 * Which timers are set after a turn: those before it, and what the machine decided about them in it.
 *
 * A timer lives as long as the very actor that set it, and the very actor that is to get the event: the one at the same
 * path may be another by now. Cancelling follows XState's scheduler: it finds an actor's last timer of that name, and none
 * once a timer of that name has fired or been set again.
 */
import type { AnyActorRef } from 'xstate';
import type { TreeNode } from '../xstate/actor-tree.js';
import type { DurableTimer } from '../model/bookkeeping.js';
import type { Decision } from './turn-recorder.js';

export interface TimersRequest {
  readonly notes: readonly DurableTimer[];
  readonly decisions: readonly Decision[];
  readonly before: readonly TreeNode[];
  readonly after: readonly TreeNode[];
  readonly lastTask: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface TimersRead {
  readonly alive: readonly DurableTimer[];
  readonly set: readonly DurableTimer[];
  /** Of those before the turn. */
  readonly dropped: readonly DurableTimer[];
  readonly lastTask: number;
}

interface Entry {
  readonly note: Pick<DurableTimer, 'dueAt' | 'event'>;
  /** Null when the turn has set it. */
  readonly known: DurableTimer | null;
  readonly owner: AnyActorRef | undefined;
  readonly target: AnyActorRef | undefined;
  readonly sendId: string | null;
  detached: boolean;
}

export function readTimers(request: TimersRequest): TimersRead {
  const { notes, decisions, before, after, now } = request;
  if (notes.length === 0 && decisions.length === 0) {
    return { alive: notes, set: [], dropped: [], lastTask: request.lastTask };
  }
  const refBefore = new Map(before.map((node) => [node.path, node.ref]));
  const nodeAfter = new Map(after.map((node) => [node.ref, node]));
  const dropped: DurableTimer[] = [];
  let list: Entry[] = notes.map((note) => ({
    note,
    known: note,
    owner: refBefore.get(note.owner),
    target: refBefore.get(note.target),
    sendId: note.sendId,
    detached: note.detached ?? false,
  }));
  const drop = (entry: Entry): false => {
    if (entry.known !== null) dropped.push(entry.known);
    return false;
  };

  for (const decision of decisions) {
    const { owner, sendId } = decision.kind === 'timer.set' ? decision.timer : decision;
    const namesake =
      sendId === null
        ? undefined
        : list.find((entry) => !entry.detached && entry.sendId === sendId && entry.owner === owner);
    if (decision.kind === 'timer.cancelled') {
      if (namesake !== undefined) {
        drop(namesake);
        list = list.filter((entry) => entry !== namesake);
      }
      continue;
    }
    if (namesake !== undefined) namesake.detached = true;
    const { delayMs, event } = decision.timer;
    const target = decision.timer.target();
    const dueAt = now + Math.max(0, Math.ceil(delayMs));
    list.push({ note: { dueAt, event }, known: null, owner, target, sendId, detached: false });
  }

  let { lastTask } = request;
  const set: DurableTimer[] = [];
  const alive: DurableTimer[] = [];
  for (const entry of list) {
    const owner = entry.owner === undefined ? undefined : nodeAfter.get(entry.owner);
    const target = entry.target === undefined ? undefined : nodeAfter.get(entry.target);
    if (owner?.snapshot.status !== 'active' || target === undefined) {
      drop(entry);
      continue;
    }
    if (entry.known !== null) {
      alive.push(entry.detached ? { ...entry.known, detached: true } : entry.known);
      continue;
    }
    lastTask += 1;
    const note: DurableTimer = {
      taskId: `timer#${lastTask}`,
      owner: owner.path,
      target: target.path,
      sendId: entry.sendId,
      ...(entry.detached ? { detached: true } : {}),
      ...entry.note,
    };
    set.push(note);
    alive.push(note);
  }
  return { alive, set, dropped, lastTask };
}

/** What is left when `fired` has fired. */
export function withoutFired(notes: readonly DurableTimer[], fired: DurableTimer): DurableTimer[] {
  const isNamesake = (note: DurableTimer): boolean =>
    fired.sendId !== null && note.sendId === fired.sendId && note.owner === fired.owner;
  return notes.filter((note) => note !== fired).map((note) => (isNamesake(note) ? { ...note, detached: true } : note));
}

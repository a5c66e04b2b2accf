/**
 * Computes the timers after a turn, from those before it and what the machine decided.
 *
 * A timer ends with the actor that set it, and with the actor that receives the event. Another actor at the same path does
 * not count. Cancelling follows XState's scheduler: it reaches an actor's last timer of that name, and no timer after one of
 * that name has fired or was set again.
 */
import type { AnyActorRef } from 'xstate';
import type { TreeNode } from '../xstate/actor-tree.js';
import type { DurableTimer } from '../model/bookkeeping.js';
import type { Decision } from './turn-recorder.js';

export interface TimersRequest {
  readonly timers: readonly DurableTimer[];
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
  /** Timers from before the turn. */
  readonly dropped: readonly DurableTimer[];
  readonly lastTask: number;
}

interface Entry {
  readonly timer: Pick<DurableTimer, 'dueAt' | 'event'>;
  /** Null when this turn set it. */
  readonly known: DurableTimer | null;
  readonly owner: AnyActorRef | undefined;
  readonly target: AnyActorRef | undefined;
  readonly sendId: string | null;
  detached: boolean;
}

export function readTimers(request: TimersRequest): TimersRead {
  const { timers, decisions, before, after, now } = request;
  if (timers.length === 0 && decisions.length === 0) {
    return { alive: timers, set: [], dropped: [], lastTask: request.lastTask };
  }
  const refBefore = new Map(before.map((node) => [node.path, node.ref]));
  const nodeAfter = new Map(after.map((node) => [node.ref, node]));
  const dropped: DurableTimer[] = [];
  let list: Entry[] = timers.map((timer) => ({
    timer,
    known: timer,
    owner: refBefore.get(timer.owner),
    target: refBefore.get(timer.target),
    sendId: timer.sendId,
    detached: timer.detached ?? false,
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
    list.push({ timer: { dueAt, event }, known: null, owner, target, sendId, detached: false });
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
    const timer: DurableTimer = {
      taskId: `timer#${lastTask}`,
      owner: owner.path,
      target: target.path,
      sendId: entry.sendId,
      ...(entry.detached ? { detached: true } : {}),
      ...entry.timer,
    };
    set.push(timer);
    alive.push(timer);
  }
  return { alive, set, dropped, lastTask };
}

/** @returns the timers without `fired`. Cancelling no longer reaches others of its name. */
export function withoutFired(timers: readonly DurableTimer[], fired: DurableTimer): DurableTimer[] {
  const isNamesake = ({ sendId, owner }: DurableTimer): boolean =>
    fired.sendId !== null && sendId === fired.sendId && owner === fired.owner;
  return timers.filter((each) => each !== fired).map((each) => (isNamesake(each) ? { ...each, detached: true } : each));
}

/**
 * An order's committed history as the inspector's messages. The history holds what came from outside, redacted; the same
 * machine is led through it again, with activities that start nothing and a clock that never fires, and what it reports is
 * what the inspector would have seen, contexts redacted with the rest.
 *
 * Where that run parts from what was recorded (a corrected or migrated order, a machine that failed and was retried), it is
 * left, and what follows is told from the record alone: events and states, without contexts.
 */
import { createActor, type AnyActorRef, type AnyStateMachine, type InspectionEvent } from 'xstate';
import { type ActivitySettled, SETTLED, isActiveActivity, isObject, walkTree } from '../../durable/inspect.js';
import type { OrderHistoryEntry } from '../../orders/views/order-views.js';
import { frameOf, headOf, plainSnapshot, type Frame } from './wire-frame.js';

const neverClock = { setTimeout: () => 0, clearTimeout: () => undefined };

type Data = OrderHistoryEntry['data'];

/** Where the machine was changed from outside, which only the runtime can do. */
const BEYOND_REPLAY: ReadonlySet<string> = new Set(['actor.migrated', 'actor.failed']);

export class HistoryFrames {
  private readonly frames: Frame[] = [];
  private root: AnyActorRef | null = null;
  private at = '';
  private parted = false;
  /** Messages of actors that had no snapshot when they were announced. */
  private readonly unborn: (() => void)[] = [];

  /** @param machine one whose activities start nothing. */
  constructor(
    private readonly machine: AnyStateMachine,
    private readonly orderId: string,
  ) {}

  /** Messages for the next entries; call it with each entry once, in order. */
  next(entries: readonly OrderHistoryEntry[]): Frame[] {
    for (const entry of entries) {
      this.take(entry);
      for (const complete of this.unborn.splice(0)) complete();
    }
    return this.frames.splice(0);
  }

  private take({ type, at, data }: OrderHistoryEntry): void {
    this.at = at;
    this.parted ||= BEYOND_REPLAY.has(type) || (type === 'actor.retried' && isObject(data['patch']));
    if (this.parted) {
      this.tell(type, data);
      return;
    }
    switch (type) {
      case 'actor.started':
        this.start(data['input']);
        return;
      case 'event.received':
        this.send(this.root, data['event']);
        return;
      case 'activity.completed':
        this.settle(data, { ok: true, output: data['output'] });
        return;
      case 'activity.failed': {
        const error = { ...(data['error'] as object), startedAt: data['startedAt'], failedAt: Date.parse(at) }; // as the runtime has it
        this.settle(data, { ok: false, error });
        return;
      }
      case 'timer.fired':
        this.fire(data['event']);
        return;
      case 'activity.scheduled':
        this.name(String(data['activityId']), String(data['taskId']));
        return;
      case 'state.changed':
        this.compare(type, data);
        return;
      default:
        return;
    }
  }

  private start(input: unknown): void {
    const actor = createActor(this.machine, { input, clock: neverClock, inspect: this.note });
    actor.subscribe({ error: () => undefined });
    this.root = actor as AnyActorRef; // an actor of any machine
    this.attempt(() => actor.start());
  }

  private readonly note = (inspection: InspectionEvent): void => {
    const frame = frameOf(this.orderId, this.at, inspection);
    if (frame === null) return;
    this.frames.push(frame);
    if (frame.type !== '@xstate.actor') return;
    const ref = inspection.actorRef as AnyActorRef; // reported by an actor
    this.unborn.push(() => Object.assign(frame, { snapshot: plainSnapshot(ref.getSnapshot()) }));
  };

  private send(ref: AnyActorRef | null, event: unknown): void {
    if (ref === null || !isObject(event) || typeof event['type'] !== 'string') return;
    const sent = { ...event, type: event['type'] };
    this.attempt(() => ref.send(sent));
  }

  private settle(data: Data, result: ActivitySettled['result']): void {
    const taskId = String(data['taskId']);
    const node = this.tree().find((each) => isActiveActivity(each) && each.snapshot.taskId === taskId);
    this.send(node?.ref ?? null, { type: SETTLED, taskId, result });
  }

  /** XState names the state a timer is for by its id, which begins with the machine's. */
  private fire(event: unknown): void {
    const type = isObject(event) ? String(event['type']) : '';
    const [, machineId] = /^xstate\.after\.[^.]+\.([^.]+)/.exec(type) ?? [];
    const nodes = this.tree().filter(({ snapshot }) => 'machine' in snapshot);
    const owner = nodes.find(({ snapshot }) => (snapshot as { machine?: AnyStateMachine }).machine?.id === machineId); // it has one
    this.send((owner ?? nodes[0])?.ref ?? null, event);
  }

  /** So that its result finds the activity. */
  private name(path: string, taskId: string): void {
    const node = this.tree().find((each) => each.path === path);
    if (node !== undefined && isActiveActivity(node)) node.snapshot.taskId = taskId;
  }

  /** The record tells each step, this machine only where it ended: they agree if one of them is the other's last. */
  private compare(type: string, data: Data): void {
    const node = this.tree().find(({ path }) => path === data['path']);
    const stands = node !== undefined && 'value' in node.snapshot ? JSON.stringify(node.snapshot.value) : null;
    if (this.root === null) {
      this.parted = true;
      this.tell(type, data);
      return;
    }
    this.expected.set(String(data['path']), { stands, said: JSON.stringify(data['to']) });
  }

  private readonly expected = new Map<string, { stands: string | null; said: string }>();

  private tree() {
    return this.root === null ? [] : walkTree(this.root);
  }

  private attempt(act: () => void): void {
    this.check();
    try {
      act();
    } catch {
      this.parted = true;
    }
  }

  /** Before anything new happens, what was said last of each living actor must be where it stands. */
  private check(): void {
    const alive = new Set(this.tree().map(({ path }) => path));
    for (const [path, { stands, said }] of this.expected) {
      if (alive.has(path) && stands !== null && stands !== said) this.parted = true;
    }
    this.expected.clear();
  }

  /** From the record alone. */
  private tell(type: string, data: Data): void {
    if (type === 'event.received') {
      const head = headOf(this.orderId, '', this.at);
      this.frames.push({ type: '@xstate.event', ...head, event: data['event'] });
    }
    if (type !== 'state.changed') return;
    const head = headOf(this.orderId, String(data['path']), this.at);
    const event = { type: String(data['event']) };
    const isDone = data['path'] === '' && typeof data['to'] === 'string' && data['to'] === this.doneState();
    const snapshot = { status: isDone ? 'done' : 'active', value: data['to'], context: {}, children: {} };
    this.frames.push({ type: '@xstate.snapshot', ...head, event, snapshot });
  }

  private doneState(): string | undefined {
    return Object.values(this.machine.root.states).find(({ type }) => type === 'final')?.key;
  }
}

/**
 * Turns an order's committed history into messages for the inspector. The history has every event from outside, redacted.
 * The machine runs through them again, with inert activities and a clock that never fires. Its inspection events are the
 * messages; contexts in them are redacted too.
 *
 * This run ends where it differs from the record: an order was corrected or migrated, or a machine failed and was
 * retried. From there the messages come from the record alone: events and states without contexts.
 */
import { createActor, type AnyActorRef, type AnyStateMachine, type InspectionEvent } from 'xstate';
import { type ActivitySettled, SETTLED, isActiveActivity, isObject, walkTree } from '../../durable/inspect.js';
import type { OrderHistoryEntry } from '../../orders/views/order-views.js';
import { frameOf, headOf, plainSnapshot, type Frame } from './wire-frame.js';

const neverClock = { setTimeout: () => 0, clearTimeout: () => undefined };

type Data = OrderHistoryEntry['data'];

/** Entries after which the run cannot follow, because only the runtime makes such a change. */
const BEYOND_REPLAY: ReadonlySet<string> = new Set(['actor.migrated', 'actor.failed']);

export class HistoryFrames {
  private readonly frames: Frame[] = [];
  private root: AnyActorRef | null = null;
  private at = '';
  private parted = false;
  /** Completes the messages of new actors, which had no snapshot yet. */
  private readonly unborn: (() => void)[] = [];

  /** @param machine has inert activities only. */
  constructor(
    private readonly machine: AnyStateMachine,
    private readonly orderId: string,
  ) {}

  /** Returns the messages of the next entries. Takes each entry once, in order. */
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
        const error = { ...(data['error'] as object), startedAt: data['startedAt'], failedAt: Date.parse(at) }; // as the runtime makes it
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

  /**
   * Sends a timer's event to its machine. XState puts the id of the state into the type, and that id begins with the
   * machine's.
   */
  private fire(event: unknown): void {
    const type = isObject(event) ? String(event['type']) : '';
    const [, machineId] = /^xstate\.after\.[^.]+\.([^.]+)/.exec(type) ?? [];
    const nodes = this.tree().filter(({ snapshot }) => 'machine' in snapshot);
    const owner = nodes.find(({ snapshot }) => (snapshot as { machine?: AnyStateMachine }).machine?.id === machineId); // the filter above checks it
    this.send((owner ?? nodes[0])?.ref ?? null, event);
  }

  /** Gives a running activity its task id, by which its result finds it. */
  private name(path: string, taskId: string): void {
    const node = this.tree().find((each) => each.path === path);
    if (node !== undefined && isActiveActivity(node)) node.snapshot.taskId = taskId;
  }

  /**
   * Notes the recorded state beside the run's own. The record has every step, the run only the last; `check` compares the
   * last ones.
   */
  private compare(type: string, data: Data): void {
    const node = this.tree().find(({ path }) => path === data['path']);
    const value = node !== undefined && 'value' in node.snapshot ? JSON.stringify(node.snapshot.value) : null;
    if (this.root === null) {
      this.parted = true;
      this.tell(type, data);
      return;
    }
    this.expected.set(String(data['path']), { value, said: JSON.stringify(data['to']) });
  }

  private readonly expected = new Map<string, { value: string | null; said: string }>();

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

  /** Ends the run when the last recorded state of a living actor is not its state. */
  private check(): void {
    const alive = new Set(this.tree().map(({ path }) => path));
    for (const [path, { value, said }] of this.expected) {
      if (alive.has(path) && value !== null && value !== said) this.parted = true;
    }
    this.expected.clear();
  }

  /** Makes a message from the record alone. */
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

/**
 * One mailbox per actor in this process. It hands over messages in order of arrival, one batch at a time (invariant 1).
 *
 * Modes of a mailbox: idle (it does not exist); busy (new messages join the next batch, or this one while it takes more);
 * waiting for a store that is away (outside callers are refused at once; the runtime's own messages wait). How many may wait
 * in all is for admission.ts.
 * Leaves to others: what a batch does (actor-host.ts), how long it takes more (held-draft.ts).
 */
import type { TaskRun } from '../activity/activity-runner.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { MessageOutcome } from '../draft/message-outcome.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { ActorRecord } from '../model/store.port.js';
import { StoreUnavailableError } from '../model/durable-errors.js';
import { type Admission, MESSAGE_BYTES } from '../commit/admission.js';
import { outsideRequests } from '../time/outside-requests.js';
import type { StoreCircuitBreaker } from './store-circuit-breaker.js';

export interface DeliveryOutcome extends MessageOutcome {
  /** The actor as it is stored now. */
  readonly actor: ActorRecord;
}

/** A message with its sender. */
export interface Envelope {
  readonly message: ActorMessage;
  /** Null: the message comes of no task. */
  readonly run: TaskRun | null;
  /** For `start`: the machine to start. Else null. */
  readonly registration: RegisteredMachine | null;
  /** The actor must be of this machine. Null: of any. */
  readonly machineId: string | null;
  readonly resolve: (outcome: DeliveryOutcome) => void;
  readonly reject: (error: unknown) => void;
}

interface Mailbox {
  envelopes: Envelope[];
  busy: boolean;
  waitsForStore: boolean;
  /** Whoever handles the batch waits for more. */
  onArrival: () => void;
}

/** @returns the envelopes to be tried again. */
export type HandleBatch = (actorId: string, batch: MessageBatch) => Promise<Envelope[]>;

const LARGEST_BATCH = 100;

/** The messages of one draft: those that had arrived, and those that it takes while it is held. In order of arrival. */
export class MessageBatch {
  readonly taken: Envelope[];

  /** @param box null: no more are taken. */
  constructor(
    first: readonly Envelope[],
    private readonly box: Pick<Mailbox, 'envelopes' | 'onArrival'> | null,
  ) {
    this.taken = [...first];
  }

  /** Whether it can take more. */
  get isOpen(): boolean {
    return this.box !== null && this.taken.length < LARGEST_BATCH;
  }

  /** Takes what has arrived since. */
  take(): readonly Envelope[] {
    const more = this.box?.envelopes.splice(0, LARGEST_BATCH - this.taken.length) ?? [];
    this.taken.push(...more);
    return more;
  }

  /** Resolves when there is something to take. */
  arrived(): Promise<void> {
    const { box } = this;
    if (box === null || box.envelopes.length > 0) return Promise.resolve();
    return new Promise((resolve) => (box.onArrival = resolve));
  }
}

export interface MailboxesOptions {
  readonly breaker: StoreCircuitBreaker;
  readonly admission: Admission;
}

export class Mailboxes {
  private readonly boxes = new Map<string, Mailbox>();
  private readonly whenIdle: (() => void)[] = [];

  constructor(
    private readonly options: MailboxesOptions,
    private readonly handle: HandleBatch,
  ) {}

  post(actorId: string, addressed: Omit<Envelope, 'resolve' | 'reject'>): Promise<DeliveryOutcome> {
    return new Promise((resolve, reject) => {
      const { message } = addressed;
      const bytes = MESSAGE_BYTES + textLength(message);
      if (!isOwn(message)) this.admit(actorId, bytes);
      const box = this.boxOf(actorId);
      const release = this.options.admission.hold(bytes);
      box.envelopes.push({
        ...addressed,
        resolve: (outcome) => {
          release();
          resolve(outcome);
        },
        reject: (error) => {
          release();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      });
      if (!box.busy) {
        box.busy = true;
        void this.work(actorId, box);
      } else box.onArrival();
    });
  }

  /** Resolves when every mailbox is idle. */
  idle(): Promise<void> {
    if (this.boxes.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.whenIdle.push(resolve));
  }

  /** @throws StoreUnavailableError @throws OverloadedError */
  private admit(actorId: string, bytes: number): void {
    if (this.boxes.get(actorId)?.waitsForStore === true)
      throw new StoreUnavailableError('The store is away; nothing was accepted.');
    this.options.admission.admit(bytes);
  }

  private boxOf(actorId: string): Mailbox {
    let box = this.boxes.get(actorId);
    if (box === undefined) {
      box = { envelopes: [], busy: false, waitsForStore: false, onArrival: () => undefined };
      this.boxes.set(actorId, box);
    }
    return box;
  }

  private async work(actorId: string, box: Mailbox, isFirst = true): Promise<void> {
    const { breaker } = this.options;
    for (;;) {
      discardUnwanted(box);
      if (box.envelopes.length === 0) break;
      if (!breaker.isClosed && box.envelopes.every(({ message }) => isOwn(message))) {
        box.waitsForStore = true;
        await breaker.acquire();
        box.waitsForStore = false;
      }
      const batch = new MessageBatch(box.envelopes.splice(0, LARGEST_BATCH), box);
      box.envelopes.unshift(...(await this.handle(actorId, batch)));
      // What comes next is not of the sender whose message began this.
      if (isFirst && box.envelopes.length > 0) return void outsideRequests(() => this.work(actorId, box, false));
    }
    box.busy = false;
    this.boxes.delete(actorId);
    if (this.boxes.size === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }
}

/** What ran before a commit that never came to be has no answer to wait for, and keeps no caller out. */
function discardUnwanted(box: Mailbox): void {
  const unwanted = box.envelopes.filter(({ run }) => run?.isWanted() === false);
  if (unwanted.length === 0) return;
  box.envelopes = box.envelopes.filter((each) => !unwanted.includes(each));
  for (const { reject } of unwanted) reject(new Error('The commit before the activity never came to be.'));
}

/** The runtime's own messages must not get lost while the process lives. Outside callers try again themselves. */
export function isOwn({ kind }: ActorMessage): boolean {
  return kind !== 'start' && kind !== 'event' && kind !== 'command';
}

/** Whether no process died with the task that the message comes of, as far as can be known. */
export function isFirstDelivery({ message, run }: Envelope): boolean {
  return run === null ? !isOwn(message) : run.delivery <= 1;
}

/** Characters of what a message carries; 0 for what is no JSON: the turn refuses it. */
function textLength(message: ActorMessage): number {
  try {
    return JSON.stringify(message).length;
  } catch {
    return 0;
  }
}

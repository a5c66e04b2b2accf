/**
 * The typed interface to the actors of one machine. An application injects it with `@InjectHandle`.
 *
 * An actor of another machine is unknown to it. Leaves to others: everything a message does (actor-host.ts).
 */
import { randomUUID } from 'node:crypto';
import type { AnyStateMachine, EventFromLogic, InputFrom } from 'xstate';
import type { ActorCommand, Audit } from '../model/actor-command.js';
import type { DeliveryOutcome } from '../runtime/mailboxes.js';
import { type ActorView, type HistoryEntry, entryOf, viewOf } from './actor-view.js';
import { UnknownActorError, WaitTimeoutError } from '../model/durable-errors.js';
import { Incidents } from './incidents.js';
import { type IncidentView, incidentOf } from './incident-view.js';
import { inspectJson, writePlace } from '../json/serializable.js';
import { readCursor, writeCursor } from './page-cursor.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { DurableRuntime } from '../runtime/durable-runtime.js';
import type { Disposition, ExternalEvent } from '../model/actor-message.js';
import type { ActorFilter, ActorHead, EndedRequest, EventState } from '../model/store.port.js';

export interface SendResult {
  readonly disposition: Disposition;
  readonly reason: string | null;
  /** For a duplicate: what became of the first message with its key. */
  readonly firstState: EventState | null;
  /** One sentence for each problem of a supplied output. Empty unless it was refused as `output_invalid`. */
  readonly problems: readonly string[];
  readonly actor: ActorView;
}

export interface IncidentFilter {
  /** Id of an actor, or of an unknown actor as it was reported. */
  readonly id?: string | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly open?: boolean | undefined;
  /** True: incidents of every machine. */
  readonly ofAnyMachine?: boolean | undefined;
}

export interface AuditedOptions {
  /** Who acts. */
  readonly by: string;
  readonly reason?: string | undefined;
  /** Deduplicates: a second command of the same key changes nothing. */
  readonly key?: string | undefined;
  /** The actor must have one of these revisions; else the command is refused as `moved`. Ignored when the actor has ended. */
  readonly ifRevision?: readonly number[] | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

export class DurableHandle<TMachine extends AnyStateMachine> {
  /** Incidents that no actor waits for. */
  readonly incidentLog: Incidents;

  constructor(
    private readonly runtime: DurableRuntime,
    private readonly registration: RegisteredMachine,
  ) {
    this.incidentLog = new Incidents(runtime, registration);
  }

  /**
   * Starts an actor. It is durable when this resolves. A second start of the same id changes nothing: `created` is false then.
   * @throws UniqueKeyTakenError @throws DrainingError @throws StoreUnavailableError
   */
  async start(
    input: InputFrom<TMachine>,
    options: { readonly id?: string } = {},
  ): Promise<{ readonly created: boolean; readonly actor: ActorView }> {
    const answer = await this.runtime.startActor(this.registration, options.id ?? randomUUID(), input);
    return { created: answer.disposition !== 'exists', actor: viewOf(answer.actor) };
  }

  /**
   * Sends an event. Its outcome is durable when this resolves.
   * @param options.key deduplicates: a second event of the same key changes nothing.
   * @param options.ifRevision the actor must have one of these revisions; else the event is refused as `moved`.
   * @throws UnknownActorError @throws DrainingError @throws StoreUnavailableError
   */
  async send(
    id: string,
    event: EventFromLogic<TMachine> & ExternalEvent,
    options: { readonly key?: string | undefined; readonly ifRevision?: readonly number[] | undefined } = {},
  ): Promise<SendResult> {
    const { machineId } = this.registration;
    return sendResultOf(await this.runtime.sendEvent(id, event, { ...options, machineId }));
  }

  /** The actor takes no turn until {@link resume}. Events and results are kept. Refused: `not_now`, `actor_ended`. */
  suspend(id: string, audit: AuditedOptions): Promise<SendResult> {
    return this.command(id, { type: 'suspend', ...auditOf(audit) }, audit);
  }

  /**
   * Refused: `not_now`, `actor_ended`.
   * @param audit.deadlines `keep` (default): deadlines that passed fire at once. `move`: all are postponed by the time that the
   * actor was suspended.
   */
  resume(id: string, audit: AuditedOptions & { readonly deadlines?: 'keep' | 'move' }): Promise<SendResult> {
    const { deadlines = 'keep' } = audit;
    return this.command(id, { type: 'resume', deadlines, ...auditOf(audit) }, audit);
  }

  /** Ends the actor in its current state. Nothing is compensated. Refused: `actor_ended`. */
  terminate(id: string, audit: AuditedOptions): Promise<SendResult> {
    return this.command(id, { type: 'terminate', ...auditOf(audit) }, audit);
  }

  /**
   * Retries the step that failed. A machine that waits in an incident gets its `retryEvent`; a failed machine goes back to
   * its state before the failure. Refused: `not_now`, `actor_ended`.
   * @param audit.patch JSON merge patch of the context, applied first.
   */
  retry(
    id: string,
    audit: AuditedOptions & { readonly patch?: Readonly<Record<string, unknown>> },
  ): Promise<SendResult> {
    return this.command(id, { type: 'retry', patch: audit.patch ?? null, ...auditOf(audit) }, audit);
  }

  /**
   * Completes the step that failed with this output. Its activity does not run: somebody did its work by hand. The step must
   * be an open incident. Refused: `not_now`, `nothing_to_skip`, `activity_unknown`, `activity_ambiguous` (a retry would run
   * several activities: name one), `output_invalid` (with `problems`), `actor_ended`.
   * @param audit.activityId path of the activity, or the last part of it.
   * @param audit.output the registration's `checkOutput` of that activity checks it.
   * @throws TypeError when JSON does not keep the output.
   */
  async skip(
    id: string,
    audit: AuditedOptions & { readonly output: unknown; readonly activityId?: string | undefined },
  ): Promise<SendResult> {
    const { output, activityId = null } = audit;
    const { unsafe, refs } = inspectJson(output);
    if (unsafe !== null) throw new TypeError(`${writePlace('output', unsafe.at)} is ${unsafe.what}, not JSON.`);
    if (refs.length > 0 || output === undefined) throw new TypeError('output is not JSON.');
    return this.command(id, { type: 'skip', activityId, output, ...auditOf(audit) }, audit);
  }

  async get(id: string): Promise<ActorView | null> {
    const head = await this.runtime.store.loadHead(id);
    return head?.machineId === this.registration.machineId ? viewOf(head) : null;
  }

  /** The view and the machine's persisted snapshot. */
  async open(id: string): Promise<{ readonly actor: ActorView; readonly snapshot: unknown } | null> {
    const record = await this.runtime.store.loadActor(id);
    if (record?.machineId !== this.registration.machineId) return null;
    return { actor: viewOf(record), snapshot: JSON.parse(record.snapshot) };
  }

  /** Oldest first. @param page.after sequence of the last row that is known. @throws UnknownActorError */
  async history(
    id: string,
    page: {
      readonly after?: number;
      readonly limit?: number;
      readonly types?: readonly string[] | undefined;
    } = {},
  ): Promise<readonly HistoryEntry[]> {
    await this.headOf(id);
    const rows = await this.runtime.store.history({
      actorId: id,
      afterSeq: page.after ?? 0,
      types: page.types,
      limit: page.limit ?? 1_000,
    });
    return rows.map(entryOf);
  }

  /** Newest first. @throws RangeError when this list did not give out the cursor. */
  async list(
    filter: Omit<ActorFilter, 'machineId'> = {},
    page: { readonly limit?: number; readonly cursor?: string } = {},
  ): Promise<Page<ActorView>> {
    const limit = page.limit ?? 50;
    const end = page.cursor === undefined ? undefined : readCursor(page.cursor);
    const heads = await this.runtime.store.listActors({
      filter: { ...filter, machineId: this.registration.machineId },
      limit: limit + 1,
      before: end && { createdAt: end.at, actorId: end.id },
    });
    const items = heads.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(viewOf),
      next: heads.length > limit && last !== undefined ? writeCursor({ at: last.createdAt, id: last.actorId }) : null,
    };
  }

  /** Ids of actors that may be purged. The one that ended first comes first. */
  ended(request: Omit<EndedRequest, 'machineId'>): Promise<readonly string[]> {
    return this.runtime.store.listEnded({ ...request, machineId: this.registration.machineId });
  }

  /**
   * Deletes actors of this machine that have completed or were terminated, with all their rows. Leaves others alone.
   * @returns the ids of the deleted actors. @throws DrainingError @throws StoreUnavailableError
   */
  async purge(ids: readonly string[]): Promise<readonly string[]> {
    const { machineId } = this.registration;
    const heads = await Promise.all(ids.map((id) => this.runtime.store.loadHead(id)));
    return this.runtime.purge(heads.flatMap((head) => (head?.machineId === machineId ? [head.actorId] : [])));
  }

  /** Newest first. @throws RangeError when this list did not give out the cursor. */
  async incidents(
    filter: IncidentFilter = {},
    page: { readonly limit?: number | undefined; readonly cursor?: string | undefined } = {},
  ): Promise<Page<IncidentView>> {
    const limit = page.limit ?? 50;
    const cursor = page.cursor === undefined ? undefined : readCursor(page.cursor);
    const found = await this.runtime.store.listIncidents({
      machineId: filter.ofAnyMachine === true ? undefined : this.registration.machineId,
      subjectId: filter.id,
      kind: filter.kind,
      open: filter.open,
      limit: limit + 1,
      before: cursor && { openedAt: cursor.at, incidentId: cursor.id },
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(incidentOf),
      next: found.length > limit && last !== undefined ? writeCursor({ at: last.openedAt, id: last.incidentId }) : null,
    };
  }

  /** Resolves with the first committed view that satisfies `until`. @throws UnknownActorError @throws WaitTimeoutError */
  async wait(id: string, until: (actor: ActorView) => boolean, timeoutMs: number): Promise<ActorView> {
    const { clock } = this.runtime;
    return new Promise((resolve, reject) => {
      const finish = (action: () => void): void => {
        stopListening();
        cancelTimeout();
        cancelPoll();
        action();
      };
      const check = (actor: ActorView): void => {
        if (until(actor)) finish(() => resolve(actor));
      };
      const stopListening = this.runtime.onCommitted((actor) => {
        if (actor.actorId === id) check(viewOf(actor));
      });
      const cancelTimeout = clock.after(timeoutMs, () => finish(() => reject(new WaitTimeoutError(id, timeoutMs))));
      let cancelPoll = (): void => undefined;
      // This node does not learn of other nodes' commits.
      const poll = (): void => {
        this.headOf(id).then(
          (head) => {
            cancelPoll = clock.after(POLL_MS, poll);
            check(viewOf(head));
          },
          (error: unknown) => finish(() => reject(error instanceof Error ? error : new Error(String(error)))),
        );
      };
      poll();
    });
  }

  private async command(id: string, command: ActorCommand, { key, ifRevision }: AuditedOptions): Promise<SendResult> {
    const { machineId } = this.registration;
    return sendResultOf(await this.runtime.command(id, command, { key, ifRevision, machineId }));
  }

  private async headOf(id: string): Promise<ActorHead> {
    const head = await this.runtime.store.loadHead(id);
    if (head?.machineId !== this.registration.machineId) throw new UnknownActorError(id);
    return head;
  }
}

const POLL_MS = 1_000;

function auditOf({ by, reason }: AuditedOptions): Audit {
  return { by, reason: reason ?? null };
}

function sendResultOf({ disposition, reason, firstState, problems = [], actor }: DeliveryOutcome): SendResult {
  return { disposition, reason, firstState, problems, actor: viewOf(actor) };
}

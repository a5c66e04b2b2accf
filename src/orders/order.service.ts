import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type ActorView,
  type DurableHandle,
  type HistoryEntry,
  type IncidentFilter,
  type Page,
  type SendAnswer,
  UniqueKeyTakenError,
  UnknownActorError,
  type UnknownActorReport,
  handleOf,
  keyedGuid,
} from '../durable/index.js';
import type { OrderCommand } from './machine/order/order-events.js';
import type { OrderMachine } from './machine/order/order-machine.js';
import type { Money, OrderContext, OrderSettings, StartOrderContext } from './machine/order/order-model.js';
import type { StoredOrder } from './machine/order/order-view.js';
import { actorFilterOf, type OrderFilter } from './order.filter.js';
import { conflictsOf, type OrderCorrection } from './order-correction.js';
import {
  CartHasLiveOrderError,
  CorrectionConflictError,
  CursorInvalidError,
  NotNowError,
  OrderEndedError,
  OrderNotFoundError,
  OutputInvalidError,
  RevisionMovedError,
  SkipConflictError,
} from './order-errors.js';
import {
  detailsOf,
  incidentOf,
  iso,
  statusOf,
  summaryOf,
  type OrderDetails,
  type OrderHistoryEntry,
  type OrderIncident,
  type OrderStatusView,
  type OrderSummary,
} from './views/order-views.js';
import type { RestartOf } from './order-restart.js';
import { LatePayments } from './late-payments/late-payments.js';
import { currentContext } from './order-migrations.js';
import { ORDER_SETTINGS } from './order-settings.js';

export interface StartOrder {
  /** The shopping cart's GUID. */
  readonly sessionId: string;
  readonly userId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Default: as the service is configured. */
  readonly paymentTimeoutMs?: number | undefined;
  /** Deduplicates: the same key of the same cart is the same order. */
  readonly key?: string | undefined;
}

export interface PaymentDecision {
  readonly paymentId?: string | undefined;
  readonly amount?: Money | undefined;
  readonly reason?: string | undefined;
  /** Who says so. */
  readonly by?: string | undefined;
}

/** Who acts on an order as its operator, and why; both go into its history. */
export interface Audited {
  readonly by: string;
  readonly reason?: string | undefined;
  /** Deduplicates; only what was done is remembered, not what was refused. */
  readonly key?: string | undefined;
  /** Revisions, any of which the order must have when it takes this. Absent: any. */
  readonly ifRevision?: readonly number[] | undefined;
}

/** One page of a history. */
export interface OrderHistoryPage {
  /** Entries with a greater sequence. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
  /** Only of these types. */
  readonly types?: readonly string[] | undefined;
  /** False: what activities were given is left out. */
  readonly showInput?: boolean | undefined;
  /** False: what activities gave is left out. */
  readonly showOutput?: boolean | undefined;
}

/**
 * What became of an event, durable: the order took it, or keeps it until it can. The same for every delivery under one
 * key. What an order refuses is thrown instead.
 */
export interface CommandReceipt {
  readonly id: string;
  readonly event: OrderCommand['type'] | OperatorCommand;
  readonly result: 'accepted';
}

type OperatorCommand = 'order.suspend' | 'order.resume' | 'order.terminate' | 'order.skip';

/**
 * Orders as the outside sees them. Every method may also throw StoreUnavailableError, and the writing ones DrainingError;
 * nothing is acknowledged then.
 */
@Injectable()
export class OrderService {
  constructor(
    @Inject(handleOf('order')) private readonly orders: DurableHandle<OrderMachine>,
    @Inject(ORDER_SETTINGS) private readonly settings: OrderSettings,
    private readonly latePayments: LatePayments,
  ) {}

  /** The order is durable when this resolves. Missing ids are generated. @throws CartHasLiveOrderError */
  start(request: StartOrder): Promise<{ readonly id: string }> {
    return this.place(keyedGuid(request.sessionId, request.key), request);
  }

  /**
   * Starts a new order of the same cart and user; the old one stays as it is. The new one's history begins with whose
   * repeat it is. @throws OrderNotFoundError @throws NotNowError while the order is open. @throws CartHasLiveOrderError
   */
  async restart(
    id: string,
    { by, reason, key, correlationId }: Audited & { readonly correlationId?: string | undefined },
  ): Promise<{ readonly id: string }> {
    const { actor, order } = await this.opened(id);
    if (actor.completedAt === null) throw new NotNowError(id, 'order.restart', whereIs(actor));
    const { shoppingCartId: sessionId, userId } = order.context;
    const restartOf = { orderId: id, by, reason: reason ?? null };
    return this.place(keyedGuid(id, key), { sessionId, userId, correlationId }, restartOf);
  }

  /** @throws OrderNotFoundError */
  async status(id: string): Promise<OrderStatusView> {
    return (await this.statusWithRevision(id)).status;
  }

  /** Where the order stands, and at which revision. @throws OrderNotFoundError */
  async statusWithRevision(id: string): Promise<{ readonly revision: number; readonly status: OrderStatusView }> {
    const actor = await this.orders.get(id);
    if (actor === null) throw new OrderNotFoundError(id);
    return { revision: actor.revision, status: statusOf(actor) };
  }

  /** As a line of the list; reads no snapshot. @throws OrderNotFoundError */
  async summary(id: string): Promise<OrderSummary> {
    const actor = await this.orders.get(id);
    if (actor === null) throw new OrderNotFoundError(id);
    return summaryOf(actor);
  }

  /** @throws OrderNotFoundError */
  async get(id: string): Promise<OrderDetails> {
    const { actor, order } = await this.opened(id);
    const latePayments = await this.latePayments.of(order.context);
    return detailsOf(actor, order, latePayments);
  }

  /**
   * What the order stored of itself, with nothing hidden: to go on with, never to be shown. @throws OrderNotFoundError
   */
  async stored(id: string): Promise<{ readonly outcome: string | null; readonly context: OrderContext }> {
    const { actor, order } = await this.opened(id);
    return { outcome: actor.outcome, context: order.context };
  }

  /** Oldest first; `next` is what to ask for with `after`, null on the last page. @throws OrderNotFoundError */
  async history(
    id: string,
    page: OrderHistoryPage = {},
  ): Promise<{ readonly items: readonly OrderHistoryEntry[]; readonly next: number | null }> {
    const { after = 0, limit = 100, types, showInput = true, showOutput = true } = page;
    const entries = await known(id, () => this.orders.history(id, { after, types, limit: limit + 1 }));
    const hidden = [...(showInput ? [] : ['input']), ...(showOutput ? [] : ['output'])];
    const items = entries.slice(0, limit).map((entry) => entryOf(entry, hidden));
    return { items, next: entries.length > limit ? (items.at(-1)?.seq ?? null) : null };
  }

  /** Newest first. @throws CursorInvalidError */
  async list(
    filter: OrderFilter = {},
    page: { readonly limit?: number | undefined; readonly cursor?: string | undefined } = {},
  ): Promise<Page<OrderSummary>> {
    const { limit = 50, cursor } = page;
    try {
      const { items, next } = await this.orders.list(actorFilterOf(filter), {
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { items: items.map(summaryOf), next };
    } catch (error) {
      if (error instanceof RangeError) throw new CursorInvalidError({ cause: error });
      throw error;
    }
  }

  /** What waits, or waited, for a person; newest first. @throws CursorInvalidError */
  async incidents(
    filter: IncidentFilter = {},
    page: { readonly limit?: number | undefined; readonly cursor?: string | undefined } = {},
  ): Promise<Page<OrderIncident>> {
    try {
      const { items, next } = await this.orders.incidents({ ...filter, ofAnyMachine: true }, page);
      return { items: items.map(incidentOf), next };
    } catch (error) {
      if (error instanceof RangeError) throw new CursorInvalidError({ cause: error });
      throw error;
    }
  }

  /**
   * An order that has ended does not take it: the provider is asked what it captured, and gives that back.
   * @param key deduplicates; without one the same decision counts once. @throws OrderNotFoundError
   * @throws OrderEndedError when there is nothing to give back.
   */
  async acceptPayment(id: string, { paymentId, amount, by }: PaymentDecision, key?: string): Promise<CommandReceipt> {
    const event = { type: 'payment.accepted', paymentId, amount, by } as const;
    const once = `once:${JSON.stringify([event.type, paymentId, amount?.amount, amount?.currency])}`;
    try {
      return await this.send(id, event, { key: key ?? once });
    } catch (error) {
      if (!(error instanceof OrderEndedError)) throw error;
      const { actor, order } = await this.opened(id);
      // One that failed may be retried, and settles its payment itself then.
      if (actor.runtimeStatus === 'failed') throw error;
      if (!(await this.latePayments.take(order.context, paymentId, key ?? once))) throw error;
      return { id, event: event.type, result: 'accepted' };
    }
  }

  /** As {@link acceptPayment}; the amount of a rejection does not count. */
  rejectPayment(id: string, { paymentId, reason, by }: PaymentDecision, key?: string): Promise<CommandReceipt> {
    const event = { type: 'payment.rejected', paymentId, reason, by } as const;
    return this.send(id, event, { key: key ?? `once:${JSON.stringify([event.type, paymentId])}` });
  }

  /**
   * Undoes what was done: goods are released, the payment is voided or refunded.
   * @throws OrderNotFoundError @throws OrderEndedError @throws NotNowError once the payment is decided.
   * @throws RevisionMovedError
   */
  cancel(id: string, { by, reason, ...options }: Audited): Promise<CommandReceipt> {
    return this.send(id, { type: 'order.cancel', reason, by }, options);
  }

  /**
   * Has an incident's step tried again, or a failed order go on from where it stood before; corrected first, if so wished.
   * A corrected step is a new call to the partner, under a new idempotency key.
   * @throws OrderNotFoundError @throws OrderEndedError @throws NotNowError without an incident
   * @throws CorrectionConflictError when there is nothing to correct, or it is too late for that.
   */
  async retry(
    id: string,
    { correction, ...audit }: Audited & { readonly correction?: OrderCorrection | undefined },
  ): Promise<CommandReceipt> {
    if (correction === undefined) return this.command(id, 'order.retry', () => this.orders.retry(id, audit));
    const patch = { ...correction };
    const { actor, order } = await this.opened(id);
    const misfits = actor.incident ? conflictsOf(correction, order.context) : [];
    if (misfits.length > 0) throw new CorrectionConflictError(id, misfits);
    return this.command(id, 'order.retry', () => this.orders.retry(id, { ...audit, patch }));
  }

  /**
   * Takes the step that failed as done, with this output in place of the partner's answer: for what was done by hand. The
   * partner is not asked; be sure that it will not do it as well.
   * @param audit.activityId e.g. `reserveProducts`; only needed when several steps have failed.
   * @throws OrderNotFoundError @throws OrderEndedError @throws NotNowError without an incident
   * @throws SkipConflictError @throws OutputInvalidError
   */
  skip(
    id: string,
    audit: Audited & { readonly output: unknown; readonly activityId?: string | undefined },
  ): Promise<CommandReceipt> {
    return this.command(id, 'order.skip', () => this.orders.skip(id, audit));
  }

  /**
   * Says what was done about an incident that no order waits for. One that is resolved stays as it was.
   * @throws UnknownIncidentError @throws IncidentNeedsActionError
   */
  async resolveIncident(
    incidentId: string,
    audit: { readonly by: string; readonly reason: string },
  ): Promise<OrderIncident> {
    return incidentOf(await this.orders.incidentLog.acknowledge(incidentId, audit));
  }

  /** Somebody speaks of an order that is not there: a person has to look. Once for each key. */
  reportUnknown(report: UnknownActorReport): Promise<void> {
    return this.orders.incidentLog.reportUnknown(report);
  }

  /**
   * Nothing moves any more until {@link resume}; events and partners' answers that come meanwhile are kept.
   * @throws OrderNotFoundError @throws OrderEndedError @throws NotNowError when it is suspended already.
   */
  suspend(id: string, audit: Audited): Promise<CommandReceipt> {
    return this.command(id, 'order.suspend', () => this.orders.suspend(id, audit));
  }

  /**
   * @param audit.deadlines `keep` (the default): those that passed meanwhile fire at once; `move`: all are put off by as
   * long as the order was suspended. @throws OrderNotFoundError @throws OrderEndedError @throws NotNowError unless suspended.
   */
  resume(id: string, audit: Audited & { readonly deadlines?: 'keep' | 'move' | undefined }): Promise<CommandReceipt> {
    const { deadlines = 'keep' } = audit;
    return this.command(id, 'order.resume', () => this.orders.resume(id, { ...audit, deadlines }));
  }

  /**
   * Ends the order where it stands. Nothing is released, voided or refunded: {@link cancel} does that. Who pays for it
   * all the same, or has paid already without the order having taken it, is paid back.
   * @throws OrderNotFoundError @throws OrderEndedError @throws RevisionMovedError
   */
  async terminate(id: string, audit: Audited): Promise<CommandReceipt> {
    try {
      const receipt = await this.command(id, 'order.terminate', () => this.orders.terminate(id, audit));
      await this.handOnPayments(id);
      return receipt;
    } catch (error) {
      if (error instanceof OrderEndedError) await this.handOnPayments(id);
      throw error;
    }
  }

  /** What the order cannot settle any more is handed on; a repeat of the command hands on what a crash prevented. */
  private async handOnPayments(id: string): Promise<void> {
    const { order } = await this.opened(id);
    const refused = await this.orders.history(id, { types: ['event.refused'] });
    await this.latePayments.takeLeftOver(order.context, refused);
  }

  private async place(orderId: string, request: StartOrder, restartOf?: RestartOf): Promise<{ readonly id: string }> {
    const input: StartOrderContext & { readonly restartOf?: RestartOf } = {
      orderId,
      correlationId: request.correlationId ?? randomUUID(),
      shoppingCartId: request.sessionId,
      userId: request.userId ?? randomUUID(),
      settings: { ...this.settings, paymentTimeoutMs: request.paymentTimeoutMs ?? this.settings.paymentTimeoutMs },
      // The machine does not look at it: it is for the history.
      ...(restartOf === undefined ? {} : { restartOf }),
    };
    try {
      const { actor } = await this.orders.start(input, { id: orderId });
      return { id: actor.id };
    } catch (error) {
      throw error instanceof UniqueKeyTakenError ? new CartHasLiveOrderError(error.actorId) : error;
    }
  }

  private async opened(id: string): Promise<{ readonly actor: ActorView; readonly order: StoredOrder }> {
    const opened = await this.orders.open(id);
    if (opened === null) throw new OrderNotFoundError(id);
    const order = opened.snapshot as StoredOrder; // persisted by the order machine
    return { actor: opened.actor, order: { ...order, context: currentContext(order.context) } };
  }

  private send(id: string, event: OrderCommand, options: Pick<Audited, 'key' | 'ifRevision'>): Promise<CommandReceipt> {
    return this.command(id, event.type, () => this.orders.send(id, { ...event }, options));
  }

  private async command(
    id: string,
    event: CommandReceipt['event'],
    act: () => Promise<SendAnswer>,
  ): Promise<CommandReceipt> {
    const answer = await known(id, act);
    const refused = answer.disposition === 'refused' || answer.firstState === 'refused';
    if (refused) throw refusal(answer, event);
    return { id, event, result: 'accepted' };
  }
}

function refusal({ actor, reason, problems }: SendAnswer, event: string): Error {
  switch (reason) {
    case 'moved':
      return new RevisionMovedError(actor.id, actor.revision);
    case 'actor_ended':
      return new OrderEndedError(actor.id, actor.outcome);
    case 'output_invalid':
      return new OutputInvalidError(actor.id, problems);
    case 'nothing_to_skip':
    case 'activity_unknown':
    case 'activity_ambiguous':
      return new SkipConflictError(actor.id, reason);
    case null:
    default:
      return new NotNowError(actor.id, event, whereIs(actor));
  }
}

const whereIs = ({ runtimeStatus, status }: ActorView): string =>
  runtimeStatus === 'running' ? `in ${status}` : runtimeStatus;

async function known<T>(id: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof UnknownActorError ? new OrderNotFoundError(id) : error;
  }
}

/** @param hidden fields of the data that are left out. */
function entryOf({ seq, revision, at, type, data }: HistoryEntry, hidden: readonly string[]): OrderHistoryEntry {
  const shown = Object.entries(data).filter(([field]) => !hidden.includes(field));
  return { seq, revision, at: iso(at), type, data: hidden.length === 0 ? data : Object.fromEntries(shown) };
}

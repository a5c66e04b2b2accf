import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type ActorView,
  type DurableHandle,
  type SendResult,
  UniqueKeyTakenError,
  InjectHandle,
  keyedGuid,
} from '../durable/index.js';
import { knownOrder } from './known-order.js';
import { LatePayments } from './late-payments/late-payments.js';
import type { OrderCommand } from './machine/order/order-events.js';
import type { OrderMachine } from './machine/order/order-machine.js';
import type { Money, OrderSettings, StartOrderContext } from './machine/order/order-model.js';
import { conflictsOf, type OrderCorrection } from './order-correction.js';
import {
  CartHasLiveOrderError,
  CorrectionConflictError,
  NotNowError,
  OrderEndedError,
  OutputInvalidError,
  RevisionMovedError,
  SkipConflictError,
  TooManyKeptError,
} from './order-errors.js';
import { OrderQueries } from './order-queries.js';
import type { RestartOf } from './order-restart.js';
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

/** What can be done to orders. Every method may also throw StoreUnavailableError or DrainingError: nothing is done then. */
@Injectable()
export class OrderService {
  constructor(
    @InjectHandle('order') private readonly orders: DurableHandle<OrderMachine>,
    @Inject(ORDER_SETTINGS) private readonly settings: OrderSettings,
    private readonly queries: OrderQueries,
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
    const { actor, order } = await this.queries.open(id);
    if (actor.completedAt === null) throw new NotNowError(id, 'order.restart', whereIs(actor));
    const { shoppingCartId: sessionId, userId } = order.context;
    const restartOf = { orderId: id, by, reason: reason ?? null };
    return this.place(keyedGuid(id, key), { sessionId, userId, correlationId }, restartOf);
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
      const { actor, order } = await this.queries.open(id);
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
    const { actor, order } = await this.queries.open(id);
    const conflicts = actor.incident ? conflictsOf(correction, order.context) : [];
    if (conflicts.length > 0) throw new CorrectionConflictError(id, conflicts);
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
    const { order } = await this.queries.open(id);
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

  private send(id: string, event: OrderCommand, options: Pick<Audited, 'key' | 'ifRevision'>): Promise<CommandReceipt> {
    return this.command(id, event.type, () => this.orders.send(id, { ...event }, options));
  }

  private async command(
    id: string,
    event: CommandReceipt['event'],
    act: () => Promise<SendResult>,
  ): Promise<CommandReceipt> {
    const answer = await knownOrder(id, act);
    const refused = answer.disposition === 'refused' || answer.firstState === 'refused';
    if (refused) throw refusal(answer, event);
    return { id, event, result: 'accepted' };
  }
}

function refusal({ actor, reason, problems }: SendResult, event: string): Error {
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
    case 'too_many_kept':
      return new TooManyKeptError(actor.id);
    case null:
    default:
      return new NotNowError(actor.id, event, whereIs(actor));
  }
}

const whereIs = ({ runtimeStatus, status }: ActorView): string =>
  runtimeStatus === 'running' ? `in ${status}` : runtimeStatus;

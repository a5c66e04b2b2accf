/** A process's connections to the partners: the ports of the domain over a network that delays, loses and repeats. */
import { currentActivity, patientTimer } from '../../src/durable/index.js';
import { OrderActivitiesFactory } from '../../src/orders/activities/order-activities-factory.js';
import type { OrderActivityLogics } from '../../src/orders/machine/order/order-activities.js';
import type { PartnerCall } from '../../src/orders/ports/partner-call.js';
import {
  FulfilmentClient,
  PaymentClient,
  PricingClient,
  ShippingClient,
  ShoppingCartClient,
  UserClient,
  WarehouseClient,
} from '../../src/orders/ports/partner-ports.js';
import { PartnerError, type PartnerName } from '../../src/orders/ports/partner-error.js';
import type { FaultPlan } from './fault-plan.js';
import type { OrderLedger, FakePartners } from './fake-partners.js';
import type { RandomSource } from './random-source.js';
import type { ProcessGate } from './service-process.js';
import { silence } from './store-link.js';
import { SECOND, type WorldTime } from './world-time.js';

export interface PartnerLinkOptions {
  /** The process that calls; null when it has just died. */
  readonly caller: () => ProcessGate | null;
  readonly time: Pick<WorldTime, 'after'>;
  readonly random: RandomSource;
  readonly faults: Pick<FaultPlan, 'partnerFate' | 'longCallMs' | 'isCalm'>;
  readonly ledger: FakePartners;
  /** Told of every call that goes out. */
  readonly onCall: (actorId: string, taskId: string) => void;
  /** The call's own key, except in a mutant. */
  readonly keyOf: (call: PartnerCall) => string;
  /** False is a mutant: a partner's time passes while the process stands still. Absent: it does not. */
  readonly isPatient?: boolean;
}

const TIMEOUT_MS = 10 * SECOND;
const PEN = { productId: 'pen', count: 2 };
const ADDRESS = { name: 'Ada', street: 'Main 1', postalCode: '10115', city: 'Berlin', country: 'DE' };
const eur = (amount: number) => ({ amount, currency: 'EUR' });

export function partnerLogics(options: PartnerLinkOptions): OrderActivityLogics {
  const { ledger, random, faults } = options;
  const ask = <T>(partner: PartnerName, call: PartnerCall, effect: (order: OrderLedger) => T, live?: () => T) =>
    request(options, partner, call, effect, live);
  return new OrderActivitiesFactory(
    clientOf(ShoppingCartClient, {
      getCart: (_cart, call) => ask('cart', call, (order) => (order.cart === 'empty' ? [] : [PEN])),
    }),
    clientOf(UserClient, {
      getUser: (id, call) => ask('users', call, () => ({ id, email: 'ada@example.com', address: ADDRESS })),
    }),
    clientOf(WarehouseClient, {
      reserve: (_items, holdMs, call) => ask('warehouse', call, (order) => ledger.reserve(order, holdMs)),
      consume: (_id, call) => ask('warehouse', call, (order) => ledger.consume(order)),
      release: (_id, call) => ask('warehouse', call, (order) => ledger.release(order)),
    }),
    clientOf(ShippingClient, { quote: (_id, _items, _to, call) => ask('shipping', call, () => QUOTE) }),
    clientOf(PricingClient, { price: (_items, _shipping, _country, call) => ask('pricing', call, () => PRICE) }),
    clientOf(PaymentClient, {
      start: (amount, call) => {
        // Asked again, some providers answer with the payment as it was, some with the payment as it is.
        const isLive = random.chance(0.5);
        const current = (): ReturnType<FakePartners['startPayment']> => ledger.orders.get(call.orderId)!.payment!;
        return ask('payment', call, (order) => ledger.startPayment(order, amount), isLive ? current : undefined);
      },
      get: (id, call) => {
        const current = (): ReturnType<FakePartners['lookUp']> => ledger.lookUp(ledger.orders.get(call.orderId)!, id);
        return ask('payment', call, current, current);
      },
      void: (_id, call) =>
        ask('payment', call, (order) => ledger.voidPayment(order, !faults.isCalm && random.chance(0.1))),
      refund: (_id, _amount, _reason, call) => ask('payment', call, (order) => ledger.refund(order)),
    }),
    clientOf(FulfilmentClient, {
      ship: (_id, _items, _to, call) => ask('fulfilment', call, (order) => ledger.ship(order)),
    }),
  ).logics();
}

/** An instance of a port, with the given methods. */
function clientOf<T extends object>(port: abstract new () => T, methods: Pick<T, keyof T>): T {
  return Object.assign(Object.create(port.prototype as object) as T, methods); // made of the port's own prototype
}

const QUOTE = { quoteId: 'quote-1', carrier: 'Post', amount: eur(500) };
const PRICE = { goods: eur(2_000), shipping: eur(500), vat: eur(475), vatRateBasisPoints: 1_900, total: eur(2_975) };

/** Refusing these for good would end the order's way to its end: a partner mends them instead. */
const MUST_NOT_REFUSE = /(voidPayment|lookUpPayment|refundPayment|releaseReservation)/;

/** A request that has left arrives, whatever becomes of the process; its answer arrives only where somebody still waits. */
function request<T>(
  options: PartnerLinkOptions,
  partner: PartnerName,
  call: PartnerCall,
  effect: (order: OrderLedger) => T,
  live?: () => T,
): Promise<T> {
  const { time, random, faults, ledger, onCall, keyOf } = options;
  const gate = options.caller();
  if (gate?.isAlive !== true) return silence();
  const { actorId, taskId } = currentActivity();
  onCall(actorId, taskId);
  let fate = faults.partnerFate(partner);
  if (fate === 'refused' && MUST_NOT_REFUSE.test(taskId)) fate = 'down';
  const key = keyOf(call);
  const order = ledger.orders.get(call.orderId);
  if (order !== undefined) order.underWay += 1;
  return new Promise((resolve, reject) => {
    const timesOut = fate === 'lost' || fate === 'slow' || (fate === 'down' && random.chance(0.5));
    let settled = false;
    let cancelTimeout = (): void => undefined;
    const settle = (act: () => void): void => {
      if (!settled) act();
      settled = true;
      cancelTimeout();
    };
    const giveUp = (): void =>
      settle(() => reject(new PartnerError(partner, 'partner_timeout', 'No answer in time.', true)));
    if (fate !== 'long')
      cancelTimeout =
        (options.isPatient ?? true)
          ? patientTimer(gate.clock, TIMEOUT_MS, giveUp)
          : gate.clock.after(TIMEOUT_MS, giveUp);
    const lastsMs = fate === 'slow' ? random.between(SECOND, 30 * SECOND) : random.between(5, 500);
    time.after(fate === 'long' ? faults.longCallMs : lastsMs, () => {
      if (order !== undefined) order.underWay -= 1;
      const answer = answerOf(fate === 'down' ? unavailable(partner, random) : null, () => {
        if (fate === 'refused') ledger.refuse(key, call.orderId, partner);
        const output = ledger.execute(key, call.orderId, effect);
        return live === undefined ? output : live();
      });
      if (fate === 'lost' || (fate === 'down' && timesOut)) return;
      // What came while the process stood still is read after the timers that are due.
      gate.enter(random.between(5, fate === 'slow' ? 20_000 : 200), () =>
        gate.enter(1, () =>
          settle(() => {
            if ('error' in answer) reject(answer.error);
            else resolve(answer.output);
          }),
        ),
      );
    });
  });
}

function answerOf<T>(failure: PartnerError | null, run: () => T): { output: T } | { error: Error } {
  if (failure !== null) return { error: failure };
  try {
    return { output: run() };
  } catch (error) {
    if (error instanceof PartnerError) return { error };
    throw error;
  }
}

function unavailable(partner: PartnerName, random: RandomSource): PartnerError {
  const retryAfterMs = random.chance(0.2) ? random.between(1, 60) * SECOND : undefined;
  return new PartnerError(partner, 'partner_unavailable', 'Out of order.', true, 503, retryAfterMs);
}

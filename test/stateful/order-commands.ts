/** What a command sequence is made of: customers, the provider, operators, partners, the store, the process, the clock. */
import fc from 'fast-check';
import type { CrashPoint } from '../../src/durable/index.js';
import type { CommitFault } from '../../src/durable/testing.js';
import type { OrderCommand } from '../../src/orders/machine/order/order-events.js';
import { PARTNER_OF } from '../../src/orders/activities/order-activity-options.js';
import type { PartnerName } from '../../src/orders/ports/partner-error.js';
import type { PartnerFate } from '../simulator/fault-plan.js';
import type { OperatorRequest } from '../simulator/operator-request.js';
import { HOUR, MINUTE, SECOND } from '../simulator/world-time.js';
import type { OrderModel } from './order-model.js';
import { ORDER, type OrderScene } from './order-scene.js';

/** What it returns is awaited. */
type Step = (model: OrderModel, scene: OrderScene) => unknown;

/** A command whose name is counted, and that shows in a counterexample with its arguments. */
export class OrderStep implements fc.AsyncCommand<OrderModel, OrderScene> {
  constructor(
    readonly name: string,
    private readonly details: string,
    private readonly step: Step,
    private readonly onRun: (name: string) => void,
  ) {}

  check(model: Readonly<OrderModel>): boolean {
    return model.isWorthAsking;
  }

  async run(model: OrderModel, scene: OrderScene): Promise<void> {
    this.onRun(this.name);
    await this.step(model, scene);
    model.observe(scene);
  }

  toString(): string {
    return this.details === '' ? this.name : `${this.name}(${this.details})`;
  }
}

export const COMMANDS = [
  'start again',
  'customer pays',
  'customer pays early',
  'customer pays, callback lost',
  'provider rejects',
  'callback of a wrong amount',
  'callback of a foreign payment',
  'repeat a request under its key',
  'cancel',
  'suspend',
  'resume keeping deadlines',
  'resume moving deadlines',
  'terminate',
  'retry',
  'retry with a correction',
  'partner fails',
  'partner executes and drops the answer',
  'partner answers too late',
  'partner refuses',
  'partners recover',
  'store unavailable',
  'store loses an answer',
  'store sees a conflict',
  'store away for a while',
  'crash',
  'crash at a point',
  'stop',
  'start the process',
  'time passes',
  'clock steps',
] as const;

type CommandName = (typeof COMMANDS)[number];

const PARTNERS = [...new Set<PartnerName>(Object.values(PARTNER_OF))];
const POINTS: readonly CrashPoint[] = [
  'commit.before',
  'commit.after',
  'activity.before',
  'activity.after',
  'claim.after',
];
/** From within a call to beyond every deadline an order has. */
const WAITS = [
  ...[20, 20, 150, 150, 150, 600, 600, 600, 600, 2 * SECOND, 2 * SECOND, 2 * SECOND, 6 * SECOND, 6 * SECOND],
  ...[15 * SECOND, 15 * SECOND, 2 * MINUTE, 2 * MINUTE, 5 * MINUTE, 11 * MINUTE, 3 * HOUR],
];

/** @param onRun told of every command that is run, by its name. */
export function orderCommands(onRun: (name: string) => void): fc.Arbitrary<OrderStep>[] {
  const weighted: { readonly weight: number; readonly arbitrary: fc.Arbitrary<OrderStep> }[] = [];
  const add = <T>(weight: number, name: CommandName, details: fc.Arbitrary<T>, step: (detail: T) => Step): void => {
    const arbitrary = details.map(
      (detail) => new OrderStep(name, detail === null ? '' : String(detail), step(detail), onRun),
    );
    weighted.push({ weight, arbitrary });
  };
  const nothing = fc.constant(null);
  const keyed = fc.constantFrom('keyed', 'unkeyed');
  const partner = fc.constantFrom(...PARTNERS);

  add(1, 'start again', nothing, () => (model, scene) => model.ask(scene, { kind: 'start' }));
  add(4, 'customer pays', nothing, () => async (model, scene) => {
    const payment = decided(scene, 'captured');
    if (payment?.status === 'captured' || payment?.status === 'refunded') await tell(model, scene, accepted(scene, {}));
  });
  add(1, 'customer pays early', nothing, () => async (model, scene) => {
    if (scene.order.payment !== null) return;
    scene.decidesAtOnce.set(ORDER, 'captured');
    await tell(model, scene, accepted(scene, { paymentId: `payment-${ORDER}` }));
  });
  add(1, 'customer pays, callback lost', nothing, () => (_model, scene) => decided(scene, 'captured'));
  add(2, 'provider rejects', nothing, () => async (model, scene) => {
    const payment = decided(scene, 'rejected');
    if (payment?.status !== 'rejected') return;
    await tell(model, scene, { type: 'payment.rejected', paymentId: payment.paymentId });
  });
  add(
    1,
    'callback of a wrong amount',
    nothing,
    () => (model, scene) => tell(model, scene, accepted(scene, { amount: { amount: 1, currency: 'EUR' } })),
  );
  add(
    1,
    'callback of a foreign payment',
    nothing,
    () => (model, scene) => tell(model, scene, accepted(scene, { paymentId: 'payment-of-another-order' })),
  );
  add(4, 'repeat a request under its key', fc.nat(20), (which) => async (model, scene) => {
    const request = model.made[which % Math.max(1, model.made.length)];
    if (request !== undefined) await model.ask(scene, request);
  });
  add(
    1,
    'cancel',
    keyed,
    (how) => (model, scene) =>
      model.ask(scene, { kind: 'event', event: { type: 'order.cancel' }, key: keyFor(model, how) }),
  );
  const operator = (weight: number, name: CommandName, request: OperatorRequest): void =>
    add(
      weight,
      name,
      keyed,
      (how) => (model, scene) => model.ask(scene, { kind: 'operator', request, key: keyFor(model, how) }),
    );
  operator(4, 'suspend', { type: 'suspend' });
  operator(3, 'resume keeping deadlines', { type: 'resume', deadlines: 'keep' });
  operator(3, 'resume moving deadlines', { type: 'resume', deadlines: 'move' });
  operator(1, 'terminate', { type: 'terminate' });
  operator(4, 'retry', { type: 'retry', correction: null });
  add(2, 'retry with a correction', fc.constantFrom('address', 'items'), (what) => (model, scene) => {
    scene.ledger.noteCorrection(ORDER);
    const correction =
      what === 'address'
        ? { customer: { address: { street: `Side ${scene.calls}` } } }
        : { items: [{ productId: 'pen', count: 1 + (scene.calls % 3) }] };
    const key = keyFor(model, 'keyed');
    return model.ask(scene, { kind: 'operator', request: { type: 'retry', correction }, key });
  });
  const fate = (weight: number, name: CommandName, what: PartnerFate): void =>
    add(weight, name, partner, (who) => (_model, scene) => scene.faults.partner(who, what));
  fate(3, 'partner fails', 'down');
  fate(3, 'partner executes and drops the answer', 'lost');
  fate(1, 'partner answers too late', 'slow');
  fate(1, 'partner refuses', 'refused');
  add(3, 'partners recover', nothing, () => (_model, scene) => scene.faults.partners.clear());
  const fault = (name: CommandName, what: CommitFault): void =>
    add(1, name, fc.integer({ min: 1, max: 3 }), (times) => (_model, scene) => {
      for (let time = 0; time < times; time += 1) scene.store.faults.push(what);
      scene.faults.recordFault();
    });
  fault('store unavailable', 'unavailable');
  fault('store loses an answer', 'lostAnswer');
  fault('store sees a conflict', 'conflict');
  add(1, 'store away for a while', fc.constantFrom(100, 3 * SECOND, 20 * SECOND), (ms) => (_model, scene) => {
    scene.faults.storeAway = true;
    scene.faults.recordFault();
    scene.time.after(ms, () => {
      scene.faults.storeAway = false;
      scene.faults.recordFault();
    });
  });
  add(2, 'crash', nothing, () => (_model, scene) => scene.crash());
  add(2, 'crash at a point', fc.constantFrom(...POINTS), (point) => (_model, scene) => {
    scene.faults.crashAt = point;
  });
  add(1, 'stop', nothing, () => (_model, scene) => scene.stop());
  add(3, 'start the process', nothing, () => (_model, scene) => scene.boot());
  add(20, 'time passes', fc.constantFrom(...WAITS), (ms) => (_model, scene) => scene.advance(ms));
  add(2, 'clock steps', fc.integer({ min: -15, max: 15 }), (minutes) => (_model, scene) => {
    // Where the clock is set to, not by how far: an administrator sets it to some time near the true one.
    scene.aheadMs = minutes * MINUTE;
  });
  // fast-check picks evenly from a list of commands.
  return [fc.oneof(...weighted)];
}

/** The customer decides on the provider's page, if there is something to decide; then the payment as it is. */
function decided(scene: OrderScene, status: 'captured' | 'rejected') {
  scene.ledger.decide(scene.order, status);
  return scene.order.payment;
}

function accepted(
  scene: OrderScene,
  wrong: Partial<Extract<OrderCommand, { type: 'payment.accepted' }>>,
): OrderCommand {
  const { payment } = scene.order;
  const right = payment === null ? {} : { paymentId: payment.paymentId, amount: payment.amount };
  return { type: 'payment.accepted', ...right, ...wrong };
}

function tell(model: OrderModel, scene: OrderScene, event: OrderCommand) {
  return model.ask(scene, { kind: 'event', event, key: model.nextKey() });
}

function keyFor(model: OrderModel, how: string): string | null {
  return how === 'keyed' ? model.nextKey() : null;
}

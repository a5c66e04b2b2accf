import { latePaymentMachine } from '../machine/late-payment/late-payment-machine.js';
import { paymentMachine } from '../machine/payment/payment-machine.js';
import { orderMachine } from '../machine/order/order-machine.js';
import type { ActorView } from '../../durable/index.js';

/**
 * What an order waits for.
 * - `activity`: a partner's answer. `retry`: the next try, at `until`. `payment`: the customer, up to `until`.
 * - `operator`: a person; unattended, the order goes on by itself at `until`, if there is one.
 */
export interface OrderWait {
  readonly for: 'activity' | 'retry' | 'payment' | 'operator';
  /** The activity, or for an operator what happened: `payment_mismatch`, `suspended`, `machine_failed`. */
  readonly name?: string;
  /** From 1: the try that is running. */
  readonly attempt?: number;
  /** ISO 8601. */
  readonly until?: string;
}

type Waiting = Pick<ActorView, 'waitingFor' | 'incident' | 'runtimeStatus'>;

/** Null when the order has ended. */
export function waitOf(actor: Waiting): OrderWait | null {
  switch (actor.runtimeStatus) {
    case 'running':
      return waitOfRunning(actor);
    case 'suspended':
      return { for: 'operator', name: 'suspended' };
    case 'failed':
      return { for: 'operator', name: 'machine_failed' };
    case 'completed':
    case 'terminated':
      return null;
  }
}

function waitOfRunning(actor: Waiting): OrderWait | null {
  const timers = actor.waitingFor.filter((each) => each.kind === 'timer').map(readTimer);
  if (actor.incident) return { for: 'operator', ...about(timers.find(({ delay }) => delay === 'incidentTimeout')) };
  const activity = actor.waitingFor.find((each) => each.kind === 'activity');
  if (activity !== undefined) return { for: 'activity', name: lastOf(activity.name), attempt: activity.attempt };
  const retry = timers.find(({ delay }) => delay === 'retryDelay');
  if (retry !== undefined) return { for: 'retry', ...about(retry) };
  const payment = timers.find(({ delay }) => delay === 'paymentTimeout');
  return payment === undefined ? null : { for: 'payment', until: payment.until };
}

interface Timer {
  /** Name of the delay, e.g. `retryDelay`. */
  readonly delay: string | undefined;
  /** Id of the state that waits, e.g. `order.GettingProducts.backoff`. */
  readonly stateId: string | undefined;
  readonly until: string;
}

/** XState names a delayed transition `xstate.after.<delay>.<id of the state>`. */
function readTimer({ name, dueAt }: { readonly name: string; readonly dueAt: number }): Timer {
  const match = /^xstate\.after\.([^.]+)\.(.+)$/.exec(name);
  return { delay: match?.[1], stateId: match?.[2], until: new Date(dueAt).toISOString() };
}

function about(timer: Timer | undefined): Pick<OrderWait, 'name' | 'until'> {
  if (timer === undefined) return {};
  const name = timer.stateId === undefined ? undefined : SUBJECTS.get(timer.stateId);
  return { ...(name === undefined ? {} : { name }), until: timer.until };
}

const lastOf = (activityPath: string): string => activityPath.split('/').at(-1) ?? activityPath;

interface Node {
  readonly id: string;
  readonly states: Readonly<Record<string, Node>>;
  readonly invoke: readonly { readonly id: string }[];
}

/** By state: the activity that the state's sibling `running` runs, which is the one that failed. Read from the charts. */
function subjectsOf(node: Node): [string, string][] {
  const children = Object.values(node.states);
  const activity = node.states['running']?.invoke[0]?.id;
  return [
    ...(activity === undefined ? [] : children.map((child): [string, string] => [child.id, activity])),
    ...children.flatMap(subjectsOf),
  ];
}

const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ...subjectsOf(orderMachine.root),
  ...subjectsOf(paymentMachine.root),
  ...subjectsOf(latePaymentMachine.root),
  ['order.AwaitingPayment.stalled', 'startPayment'],
  ['order.AwaitingPayment.disputed', 'payment_mismatch'],
]);

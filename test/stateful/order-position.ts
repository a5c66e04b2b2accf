import type { EventState, RuntimeStatus } from '../../src/durable/index.js';
import type { StoredValue } from '../../src/orders/machine/order/order-step.js';
import type { OrderScene } from './order-scene.js';

/** Where an order stands when a request comes. */
export interface OrderPosition {
  readonly status: RuntimeStatus | null;
  /** Active states from the top down, e.g. `AwaitingPayment.open`. */
  readonly path: string;
  readonly incident: boolean;
  readonly deadlines: ReadonlyMap<string, number>;
  readonly kept: number;
  readonly keyState: EventState | null;
  readonly reachable: boolean;
  readonly shaken: boolean;
}

/** @param key of the request. */
export function positionOf(scene: OrderScene, key: string | null): OrderPosition {
  const { row, deadlines, faults } = scene;
  return {
    status: row?.runtimeStatus ?? null,
    path: row === null ? '' : pathOf((JSON.parse(row.snapshot) as { value: StoredValue }).value), // of the order machine
    incident: row?.incident === true,
    deadlines,
    kept: row?.keptEvents ?? 0,
    keyState: scene.stateOf(key),
    reachable: scene.isUp && !faults.storeAway,
    shaken: scene.isShaken,
  };
}

function pathOf(value: StoredValue): string {
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([state, inside]) => (inside === undefined ? state : `${state}.${pathOf(inside)}`))
    .join();
}

export const isEnd = (status: RuntimeStatus | null): boolean => status === 'completed' || status === 'terminated';

interface Notes {
  readonly timers: readonly { readonly taskId: string; readonly dueAt: number }[];
  readonly suspendedAt?: number;
}

const notesOf = (bookkeeping: string): Notes => JSON.parse(bookkeeping) as Notes; // written by the runtime

/** By task id. */
export const notedDeadlines = (bookkeeping: string): ReadonlyMap<string, number> =>
  new Map(notesOf(bookkeeping).timers.map(({ taskId, dueAt }) => [taskId, dueAt]));

export const suspendedAt = (bookkeeping: string): number => notesOf(bookkeeping).suspendedAt ?? Number.NaN;

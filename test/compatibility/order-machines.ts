import { type DurableLogger, DurableRuntime, type DurableStore } from '../../src/durable/index.js';
import type { RegisteredMachine } from '../../src/durable/inspect.js';
import type { VirtualClock } from '../../src/durable/testing.js';
import type { OrderActivityLogics } from '../../src/orders/machine/order/order-activities.js';
import { orderRegistration } from '../../src/orders/order-registration.js';

/** Registers every version of a machine that the service registers. @returns the current one. */
export type RegisterMachines = (runtime: DurableRuntime, activities: OrderActivityLogics) => RegisteredMachine;

/** The service's own orders. */
export const registerOrders: RegisterMachines = (runtime, activities) =>
  runtime.register(orderRegistration(activities));

const DAY = 86_400_000;

/** A runtime whose time passes only when told so. */
export function runtimeAt(store: DurableStore, clock: VirtualClock, logger?: DurableLogger): DurableRuntime {
  return new DurableRuntime({
    store,
    clock,
    pollMs: DAY,
    leaseMs: 3 * DAY,
    ...(logger === undefined ? {} : { logger }),
  });
}

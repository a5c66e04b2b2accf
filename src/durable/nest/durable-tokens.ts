/** Injection tokens of the runtime. */

/** The application's `DurableStore`. */
export const DURABLE_STORE = Symbol('DURABLE_STORE');
/** The application's `StoreStatsSource`, for metrics and health. */
export const STORE_STATS = Symbol('STORE_STATS');
/** The application's `DurableLogger`. */
export const DURABLE_LOGGER = Symbol('DURABLE_LOGGER');

/** Token of a machine's handle, for a factory's `inject`. A class writes `@InjectHandle(machineId)`. */
export function handleOf(machineId: string): string {
  return `DurableHandle:${machineId}`;
}

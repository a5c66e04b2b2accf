/** Injection tokens of the runtime; plain symbols, so that whoever provides or asks needs no framework for the name. */

/** The application's `DurableStore`. */
export const DURABLE_STORE = Symbol('DURABLE_STORE');
/** The application's `AnswerStore`: what requests with an idempotency key were told. */
export const IDEMPOTENCY_STORE = Symbol('ANSWER_STORE');
/** Counts for those who watch: a `CensusSource`. */
export const STORE_STATS = Symbol('DURABLE_CENSUS');
/** Where the runtime logs to: a `DurableLogger`. */
export const DURABLE_LOGGER = Symbol('DURABLE_LOGGER');

/** The token of a machine's handle: `@Inject(handleOf('order')) orders: DurableHandle<OrderMachine>`. */
export function handleOf(machineId: string): string {
  return `DurableHandle:${machineId}`;
}

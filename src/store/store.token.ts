/** Injection token of the process's `DurableStore`. */
export const DURABLE_STORE = Symbol('DURABLE_STORE');

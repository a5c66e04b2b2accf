/** Injects the {@link import('./machine/order/order-model.js').OrderSettings} new orders are born with. */
export const ORDER_SETTINGS = Symbol('ORDER_SETTINGS');

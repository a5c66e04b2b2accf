/** Injects a {@link DemoPort}, or null where there is no demo (in production, or without the partner sandbox). */
export const DEMO = Symbol('DEMO');

/** Plays the customer against the partner sandbox. */
export interface DemoPort {
  /** Fills the demo cart and places an order of it; resolves with the order's id. */
  placeOrder(): Promise<string>;
  /** Pays at the payment provider, as the customer would on the hosted page. */
  pay(orderId: string): Promise<void>;
  /** Has the payment provider refuse the payment. */
  reject(orderId: string): Promise<void>;
}

/** Injects a {@link DemoPort}; null without a demo: in production, or without the partner sandbox. */
export const DEMO = Symbol('DEMO');

/**
 * What happens to the order of the demo.
 * - `place`: it waits until somebody presses Pay.
 * - `times-out`: nobody pays within some seconds.
 * - `paid-twice`: the provider reports the payment twice.
 * - `paid-late`: the customer pays while the service withdraws the payment.
 */
export const DEMO_SCENES = ['place', 'paid', 'rejected', 'times-out', 'paid-twice', 'paid-late'] as const;
export type DemoScene = (typeof DEMO_SCENES)[number];

export const DEMO_PARTNERS = ['cart', 'users', 'warehouse', 'shipping', 'pricing', 'payments', 'fulfilment'] as const;
export type DemoPartner = (typeof DEMO_PARTNERS)[number];

export const DEMO_MOODS = ['fine', 'slow', 'failing'] as const;
export type DemoMood = (typeof DEMO_MOODS)[number];

/** Plays the customer, and steers the sandbox partners. */
export interface DemoPort {
  /** Fills a cart and places an order. Resolves with the order's id while the scene goes on. */
  placeOrder(scene?: DemoScene): Promise<string>;
  /** Pays at the payment provider, as a customer does on the checkout page. */
  pay(orderId: string): Promise<void>;
  /** Makes the payment provider reject the payment. */
  reject(orderId: string): Promise<void>;
  moods(): Promise<Readonly<Record<DemoPartner, DemoMood>>>;
  /** Makes a partner work, answer slowly or fail, for all orders until the next call. */
  setMood(partner: DemoPartner, mood: DemoMood): Promise<void>;
}

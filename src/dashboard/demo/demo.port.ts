/** Injects a {@link DemoPort}, or null where there is no demo (in production, or without the partner sandbox). */
export const DEMO = Symbol('DEMO');

/**
 * What becomes of the order that is placed. `place`: it waits for whoever presses Pay. `times-out`: nobody pays, within
 * seconds. `paid-twice`: the provider reports the payment twice. `paid-late`: the customer pays while it is withdrawn.
 */
export const DEMO_SCENES = ['place', 'paid', 'rejected', 'times-out', 'paid-twice', 'paid-late'] as const;
export type DemoScene = (typeof DEMO_SCENES)[number];

export const DEMO_PARTNERS = ['cart', 'users', 'warehouse', 'shipping', 'pricing', 'payments', 'fulfilment'] as const;
export type DemoPartner = (typeof DEMO_PARTNERS)[number];

export const DEMO_MOODS = ['fine', 'slow', 'failing'] as const;
export type DemoMood = (typeof DEMO_MOODS)[number];

/** Plays the customer and the partners, against the partner sandbox. */
export interface DemoPort {
  /** Fills a cart and places an order of it; resolves with the order's id, while the scene plays on. */
  placeOrder(scene?: DemoScene): Promise<string>;
  /** Pays at the payment provider, as the customer would on the hosted page. */
  pay(orderId: string): Promise<void>;
  /** Has the payment provider refuse the payment. */
  reject(orderId: string): Promise<void>;
  moods(): Promise<Readonly<Record<DemoPartner, DemoMood>>>;
  /** Has a partner work, answer slowly, or fail, for all orders and until it is told otherwise. */
  setMood(partner: DemoPartner, mood: DemoMood): Promise<void>;
}

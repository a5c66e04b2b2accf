import type { ActorFilter, RuntimeStatus } from '../durable/index.js';

/** Which orders are meant: those to which all that is given applies. */
export interface OrderFilter {
  readonly status?: readonly string[] | undefined;
  readonly outcome?: readonly string[] | undefined;
  readonly runtimeStatus?: readonly RuntimeStatus[] | undefined;
  readonly incident?: boolean | undefined;
  /** Epoch milliseconds; inclusive. */
  readonly createdFrom?: number | undefined;
  /** Epoch milliseconds; exclusive. */
  readonly createdTo?: number | undefined;
  /** The cart. */
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  /** What the id of the order, its cart, user, correlation or payment begins with. */
  readonly q?: string | undefined;
}

const SEARCHED = ['sessionId', 'userId', 'correlationId', 'paymentId'];

export function actorFilterOf({ sessionId, userId, q, ...filter }: OrderFilter): Omit<ActorFilter, 'machineId'> {
  const attributes = Object.entries({ sessionId, userId }).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  return { ...filter, attributes, search: q === undefined ? undefined : { prefix: q, attributes: SEARCHED } };
}

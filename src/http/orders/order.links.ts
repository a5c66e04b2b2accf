/** How to follow and steer one order, under Durable Functions' names. Absolute URLs. */
export interface OrderLinks {
  readonly id: string;
  readonly statusQueryGetUri: string;
  /** A template: put the event's name in place of `{eventName}`. */
  readonly sendEventPostUri: string;
}

/** @param publicUrl without a trailing slash. */
export function linksOf(publicUrl: string, id: string): OrderLinks {
  const order = `${publicUrl}/order/${id}`;
  return {
    id,
    statusQueryGetUri: `${order}/status`,
    sendEventPostUri: `${order}/events/{eventName}`,
  };
}

/** How to follow and steer one order, under Durable Functions' names. Absolute URLs. */
export interface OrderLinks {
  readonly id: string;
  readonly statusQueryGetUri: string;
  /** A template: put the event's name in place of `{eventName}`. */
  readonly sendEventPostUri: string;
  readonly terminatePostUri: string;
  readonly suspendPostUri: string;
  readonly resumePostUri: string;
  readonly restartPostUri: string;
  /** Once it has ended. */
  readonly purgeHistoryDeleteUri: string;
}

/** The links of an order that was just placed, and the token of its customer. */
export interface PlacedOrder extends OrderLinks {
  /** Absent where no secret for tokens is configured. */
  readonly orderToken?: string;
}

/** @param publicUrl without a trailing slash. */
export function linksOf(publicUrl: string, id: string): OrderLinks {
  const order = `${publicUrl}/order/${id}`;
  return {
    id,
    statusQueryGetUri: `${order}/status`,
    sendEventPostUri: `${order}/events/{eventName}`,
    terminatePostUri: `${order}/terminate`,
    suspendPostUri: `${order}/suspend`,
    resumePostUri: `${order}/resume`,
    restartPostUri: `${order}/restart`,
    purgeHistoryDeleteUri: order,
  };
}

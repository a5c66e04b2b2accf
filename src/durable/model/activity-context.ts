/** What an activity learns of the invocation it runs for. */
export interface ActivityContext {
  readonly actorId: string;
  /** Path of invoke ids, e.g. `payment/startPayment`. */
  readonly activityId: string;
  /** This one invocation, e.g. `payment/startPayment#7`. */
  readonly taskId: string;
  /** The same in every try and after every restart until the activity succeeds: send it downstream as `Idempotency-Key`. */
  readonly idempotencyKey: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** How often this try was handed to a process; more than 1 after a crash. */
  readonly delivery: number;
  /**
   * Aborted when the state that invoked the activity is left, when its time is over, or when the node shuts down.
   * Whatever the activity returns or throws after that is ignored: hand the signal on, and stop.
   */
  readonly signal: AbortSignal;
  /**
   * A sign of life, for an activity with a `heartbeatTimeoutMs`; without one, nothing. Cheap: it stays in this process and
   * writes nothing, so it does not tell another node how far the activity got.
   */
  readonly heartbeat: () => void;
}

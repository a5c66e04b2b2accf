/** An activity's view of the invocation that it runs for. */
export interface ActivityContext {
  readonly actorId: string;
  /** Path of invoke ids, e.g. `payment/startPayment`. */
  readonly activityId: string;
  /** Id of this invocation, e.g. `payment/startPayment#7`. */
  readonly taskId: string;
  /** The same in every attempt and after every restart until the activity succeeds. Send it downstream as `Idempotency-Key`. */
  readonly idempotencyKey: string;
  /** From 1. */
  readonly attempt: number;
  /** How often this attempt was handed to a process, from 1. It is more than 1 after a crash. */
  readonly delivery: number;
  /**
   * Aborts when the machine leaves the state that invoked the activity, when its time is over, or when the node shuts down.
   * The runtime ignores what the activity returns or throws after that. Pass the signal on, and stop.
   */
  readonly signal: AbortSignal;
  /**
   * Restarts the `heartbeatTimeoutMs` of the activity; without that setting it does nothing. It stays in this process and
   * writes nothing, so call it as often as you like.
   */
  readonly heartbeat: () => void;
}

/** Of which order a new one is the repeat, who wants it and why. Recorded as part of the new order's input. */
export interface RestartOf {
  readonly orderId: string;
  readonly by: string;
  readonly reason: string | null;
}

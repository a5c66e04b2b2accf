/** The runtime's only source of time. Tests pass a virtual clock. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once after `delayMs`. The returned function cancels the call. */
  after(delayMs: number, run: () => void): () => void;
  /** Goes by the database's time from now on. Absent: nothing sets the clock. */
  follow?(databaseTime: number): void;
  /** How far the machine's clock is ahead of this one, in milliseconds; negative: behind. Absent: 0. */
  offsetMs?(): number;
}

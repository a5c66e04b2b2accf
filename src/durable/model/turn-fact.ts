/** One row of the history before it is numbered. */
export interface TurnFact {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

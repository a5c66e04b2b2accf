/** A row of the history before it has a number. */
export interface TurnFact {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

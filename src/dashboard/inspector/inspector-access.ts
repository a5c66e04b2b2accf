/** Injects {@link InspectorAccess}. */
export const INSPECTOR_ACCESS = Symbol('INSPECTOR_ACCESS');

export type InspectorJudgement =
  | { readonly refused: string }
  | {
      /** The signal aborts when the key lapses; its reason is an error with a `code`. The caller must end the watch. */
      readonly watch: () => { readonly signal: AbortSignal; readonly end: () => void };
    };

/** Who may read orders: the same as over HTTP, where guards decide, who do not see WebSockets. */
export interface InspectorAccess {
  /** @param key null: none was given. @returns why it may not, as a stable word, or what ends when it may no longer. */
  judge(key: string | null): InspectorJudgement;
  /** Counts one key that is shown in a message. False: this address has shown too many within a minute. */
  mayGuess(address: string): Promise<boolean>;
}

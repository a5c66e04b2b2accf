/** Injects {@link InspectorAccess}. */
export const INSPECTOR_ACCESS = Symbol('INSPECTOR_ACCESS');

/** Who may read orders: the same as over HTTP, where guards decide, who do not see WebSockets. */
export interface InspectorAccess {
  /** @param key null: none was given. */
  mayRead(key: string | null): boolean;
  /** Counts one key that is shown in a message. False: this address has shown too many within a minute. */
  mayGuess(address: string): Promise<boolean>;
}

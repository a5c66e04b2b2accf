/** Injects {@link InspectorAccess}. */
export const INSPECTOR_ACCESS = Symbol('INSPECTOR_ACCESS');

/** Who may read orders: the same as over HTTP, where guards decide, who do not see WebSockets. */
export interface InspectorAccess {
  /** @param key null: none was given. */
  mayRead(key: string | null): boolean;
}

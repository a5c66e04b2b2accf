/** Injects {@link DashboardOptions}. */
export const DASHBOARD_OPTIONS = Symbol('DASHBOARD_OPTIONS');

export interface DashboardOptions {
  /** Whether the routes that play the customer and the partners are there. */
  readonly demo: boolean;
}

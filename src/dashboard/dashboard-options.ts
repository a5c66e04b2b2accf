/** Injects {@link DashboardOptions}. */
export const DASHBOARD_OPTIONS = Symbol('DASHBOARD_OPTIONS');

export interface DashboardOptions {
  /** True: the routes of the demo exist. They play the customer and the partners. */
  readonly demo: boolean;
}

/** Injects {@link ClientsOptions}. */
export const CLIENTS_OPTIONS = Symbol('CLIENTS_OPTIONS');

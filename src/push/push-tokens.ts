/** Injects the {@link PushStore}. A module of the application provides it. */
export const PUSH_STORE = Symbol('PUSH_STORE');

/** Injects {@link PushOptions}. */
export const PUSH_OPTIONS = Symbol('PUSH_OPTIONS');

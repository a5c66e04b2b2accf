/** Injects the {@link PushStore}; a module of the application's provides it. */
export const PUSH_STORE = Symbol('PUSH_STORE');

/** Injects {@link PushOptions}. */
export const PUSH_OPTIONS = Symbol('PUSH_OPTIONS');

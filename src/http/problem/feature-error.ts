/**
 * What a feature beside orders refuses, in its own words. `unknown`: there is no such thing. `not_now`: not where it
 * stands. `ended`: never again. The catalogue knows which HTTP status each of these is.
 */
export class FeatureError extends Error {
  override readonly name = 'FeatureError';

  constructor(
    readonly kind: 'unknown' | 'not_now' | 'ended',
    /** Stable, e.g. `return_not_found`; its words are the title. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

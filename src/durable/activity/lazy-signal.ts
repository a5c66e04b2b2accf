/**
 * Gives an object the `signal` of a source, which makes it on demand (cancellation-token.ts).
 *
 * `signal` is an own property, so that spreading the object copies it. All instances share one getter: the getter of an object
 * literal is a new function each time, and V8 keeps a hidden class for every object with such a getter.
 */
export abstract class LazySignal {
  static readonly #property = {
    enumerable: true,
    get(this: LazySignal): AbortSignal {
      return this.#source.signal;
    },
  };

  declare readonly signal: AbortSignal;
  readonly #source: { readonly signal: AbortSignal };

  constructor(source: { readonly signal: AbortSignal }) {
    this.#source = source;
    Object.defineProperty(this, 'signal', LazySignal.#property);
  }
}

/**
 * Has another object's signal, which is made when somebody asks for it (see cancellation-token.ts).
 *
 * It is a property of its own, so that it goes along when the object is spread. One getter serves all: that of an object
 * literal is a new function each time, and V8 keeps a shape for every object that has one, with all that hangs on it.
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

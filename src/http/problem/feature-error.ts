import { CodedError, type ErrorKind } from '../../durable/index.js';

/** A feature refuses a request. `conflict`: the current state forbids it. `gone`: the object has ended for good. */
export class FeatureError extends CodedError {
  override readonly name = 'FeatureError';

  constructor(
    readonly kind: Extract<ErrorKind, 'not_found' | 'conflict' | 'gone'>,
    /** E.g. `return_not_found`. The title of the problem is made of its words. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

import { CodedError, type ErrorKind } from '../../durable/index.js';

/** What a feature refuses, in its own words: `not_found`, `conflict` where it stands, `gone` for good. */
export class FeatureError extends CodedError {
  override readonly name = 'FeatureError';

  constructor(
    readonly kind: Extract<ErrorKind, 'not_found' | 'conflict' | 'gone'>,
    /** E.g. `return_not_found`; its words are the title. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

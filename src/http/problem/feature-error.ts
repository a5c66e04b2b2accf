import { CodedError, type ErrorKind } from '../../durable/index.js';

/** A refusal of a feature: `not_found`, `conflict` with its present state, or `gone` for good. */
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

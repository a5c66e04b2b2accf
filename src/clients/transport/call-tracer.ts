import type { PartnerCall } from '../../orders/ports/partner-call.js';
import type { PartnerQuestion } from './partner-request.js';

/** Follows calls to partners. It must neither throw nor wait. */
export interface CallTracer {
  begin(question: Pick<PartnerQuestion, 'partner' | 'method'>, call: PartnerCall): CallTrace;
}

export interface CallTrace {
  /** Sent along, so that the partner's trace joins ours. */
  readonly headers: Readonly<Record<string, string>>;
  /** An answer came, whatever it says. */
  answered(status: number): void;
  /** None did; `code` is the PartnerError's. */
  failed(code: string): void;
}

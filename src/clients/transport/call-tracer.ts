import type { PartnerCall } from '../../orders/ports/partner-call.js';
import type { PartnerQuestion } from './partner-request.js';

/** Traces calls to partners. An implementation neither throws nor blocks. */
export interface CallTracer {
  begin(question: Pick<PartnerQuestion, 'partner' | 'method'>, call: PartnerCall): CallTrace;
}

export interface CallTrace {
  /** The client sends these headers, so that the partner's trace joins ours. */
  readonly headers: Readonly<Record<string, string>>;
  /** The partner responded, with any status. */
  answered(status: number): void;
  /** The call got no response. `code` is that of the PartnerError. */
  failed(code: string): void;
}

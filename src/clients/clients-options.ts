import type { PartnerName } from '../orders/ports/partner-error.js';
import type { CallTracer } from './transport/call-tracer.js';

export interface ClientsOptions {
  readonly partners: Readonly<Record<PartnerName, PartnerSettings>>;
  /**
   * Returns the base URL of a partner without a trailing slash. The client calls it before every request, because a partner
   * in our own process has no address until it listens. A throw makes the call fail as `partner_unavailable` (retryable).
   */
  urlOf(partner: PartnerName): string;
  /** Returns the URL of our public webhook, where the payment provider reports its decision. Called for every payment. */
  callbackUrl(): string;
  /** Traces every call and supplies the headers of the trace. Without a tracer, calls are not traced. */
  readonly tracer?: CallTracer | undefined;
}

export interface PartnerSettings {
  /** Key for `Authorization: Bearer`; null sends no such header. */
  readonly key: string | null;
  /** Limit of the whole call, in milliseconds: waiting for a socket, connecting, sending, and reading the response. */
  readonly timeoutMs: number;
}

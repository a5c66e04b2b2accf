import type { PartnerName } from '../orders/ports/partner-error.js';
import type { CallTracer } from './transport/call-tracer.js';

export interface ClientsOptions {
  readonly partners: Readonly<Record<PartnerName, PartnerSettings>>;
  /**
   * Base URL of a partner without a trailing slash. Asked at every call: a partner in our own process has an address only
   * once it listens. What it throws counts as "unavailable now".
   */
  urlOf(partner: PartnerName): string;
  /** Where the payment provider reports its decision: our public webhook. Asked at every payment. */
  callbackUrl(): string;
  /** Follows every call, and says which headers its trace needs; none is followed without one. */
  readonly tracer?: CallTracer | undefined;
}

export interface PartnerSettings {
  /** Sent as `Authorization: Bearer`; null sends none. */
  readonly key: string | null;
  /** For the whole call: waiting for a socket, connecting, asking and reading the answer. */
  readonly timeoutMs: number;
}

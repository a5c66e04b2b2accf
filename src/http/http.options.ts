/** Injects {@link HttpOptions}. */
export const HTTP_OPTIONS = Symbol('HTTP_OPTIONS');

export interface HttpOptions {
  /** Keys that may create and command; none means not enforced. */
  readonly apiKeys: readonly string[];
  /** Standard Webhooks secrets (`whsec_…`) of the payment provider; any of them is accepted. */
  readonly webhookSecrets: readonly string[];
  /** Where clients reach us, without a trailing slash. Asked at every use: the port may be known only once we listen. */
  publicUrl(): string;
  /** True: no page, no API documents, no demo. */
  readonly production: boolean;
}

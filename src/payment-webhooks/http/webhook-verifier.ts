import { Inject, Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { HTTP_OPTIONS, type HttpOptions } from '../../http/http-options.js';
import { signatureInvalid } from '../../http/problem/request-error.js';

/** The three headers of Standard Webhooks. */
export interface WebhookHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * Verifies signatures as Standard Webhooks specifies them: HMAC-SHA256 over `id.timestamp.body`, compared in constant
 * time. The timestamp is at most five minutes off. During a rotation several secrets are active.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
@Injectable()
export class WebhookVerifier {
  private readonly webhooks: readonly Webhook[];

  constructor(@Inject(HTTP_OPTIONS) { webhookSecrets }: HttpOptions) {
    this.webhooks = webhookSecrets.map((secret) => new Webhook(secret));
  }

  /** @param body the raw bytes. @throws RequestError when no active secret made the signature. */
  verify(body: Buffer, headers: WebhookHeaders): void {
    let cause: unknown;
    for (const webhook of this.webhooks) {
      try {
        webhook.verify(body, { ...headers }, { jsonParse: false });
        return;
      } catch (error) {
        cause = error;
      }
    }
    throw signatureInvalid(cause);
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { HTTP_OPTIONS, type HttpOptions } from '../../http/http-options.js';
import { signatureInvalid } from '../../http/problem/request-error.js';

/** A timestamp may be off by this many seconds, either way. */
const TOLERANCE = 300;

/**
 * Verifies `Stripe-Signature: t=<seconds>,v1=<hex>[,v1=<hex>…]`: HMAC-SHA256 over `t.body`. The key is the text of the
 * endpoint's secret. During a rotation several secrets are active, and Stripe signs with each of its own.
 * https://docs.stripe.com/webhooks#verify-manually
 */
@Injectable()
export class StripeSignature {
  private readonly secrets: readonly string[];

  constructor(@Inject(HTTP_OPTIONS) { stripeWebhookSecrets = [] }: HttpOptions) {
    this.secrets = stripeWebhookSecrets;
  }

  /** @param body the raw bytes. @throws RequestError when no active secret made a signature of the header. */
  verify(body: Buffer, header: string): void {
    const parts = header.split(',').map((part) => part.trim().split('='));
    const valuesOf = (name: string): string[] =>
      parts.flatMap(([key, value]) => (key === name && value ? [value] : []));
    const [timestamp = '', another] = valuesOf('t');
    const isRecent = Math.abs(Date.now() / 1_000 - Number(timestamp)) <= TOLERANCE;
    if (!/^\d{1,12}$/.test(timestamp) || another !== undefined || !isRecent) throw signatureInvalid();
    const given = valuesOf('v1')
      .filter((value) => /^[0-9a-f]{64}$/.test(value))
      .map((value) => Buffer.from(value, 'hex'));
    // Every pair is compared, so the time does not reveal which one matched.
    const matches = this.secrets.flatMap((secret) => {
      const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
      return given.filter((signature) => timingSafeEqual(signature, expected));
    });
    if (matches.length === 0) throw signatureInvalid();
  }
}

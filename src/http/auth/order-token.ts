import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import { readGuid } from '../validation/guid.js';

/** `order_<guid>_<HMAC-SHA256 in base64url, 43 characters>` */
const TOKEN = /^order_([0-9a-f-]{36})_([\w-]{43})$/;

/** The purpose is part of the MAC, so that no other MAC under the same secret passes for a token. */
const PURPOSE = 'durable-orders:order-token:v1:';

/**
 * The token that lets its bearer follow and cancel one order. It is a MAC of the order's id, so nothing is stored: it
 * holds as long as the secret it was made with is configured. The first secret makes tokens, all of them check them.
 */
@Injectable()
export class OrderTokens {
  private readonly secrets: readonly string[];

  constructor(@Inject(HTTP_OPTIONS) { orderTokenSecrets = [] }: HttpOptions) {
    this.secrets = orderTokenSecrets;
  }

  /** The token of an order; the same each time. Null when no secret is configured: then there are none. */
  issue(orderId: string): string | null {
    const [secret] = this.secrets;
    return secret === undefined ? null : `order_${orderId}_${macOf(secret, orderId).toString('base64url')}`;
  }

  /** The order a token is for; null when it is no token of ours. */
  orderOf(token: string): string | null {
    const [, orderId = '', mac = ''] = TOKEN.exec(token) ?? [];
    if (readGuid(orderId) === null) return null;
    const given = Buffer.from(mac, 'base64url');
    const matches = this.secrets.filter((secret) => timingSafeEqual(macOf(secret, orderId), given));
    return matches.length === 0 ? null : orderId;
  }
}

function macOf(secret: string, orderId: string): Buffer {
  return createHmac('sha256', secret).update(`${PURPOSE}${orderId}`).digest();
}

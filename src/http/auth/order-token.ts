import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import { readGuid } from '../validation/guid.js';

/**
 * `order_<guid>_<epoch milliseconds in base 36>_<HMAC-SHA256 in base64url, 43 characters>`. Earlier versions made tokens
 * without a time, which are still read.
 */
const TOKEN = /^order_([0-9a-f-]{36})_(?:([0-9a-z]{1,9})_)?([\w-]{43})$/;

/** The purpose is part of the MAC, so that no other MAC under the same secret passes for a token. */
const PURPOSE = 'durable-orders:order-token:v2:';
const PURPOSE_WITHOUT_TIME = 'durable-orders:order-token:v1:';
const DAY_MS = 86_400_000;

export interface OrderToken {
  readonly orderId: string;
  /** Epoch milliseconds; null: the token does not tell. */
  readonly madeAt: number | null;
  /** Epoch milliseconds from which on it is refused; null: never. */
  readonly expiresAt: number | null;
}

/**
 * The token that lets its bearer follow and cancel one order. It is a MAC of the order's id and of the time, so nothing is
 * stored: it holds as long as the secret it was made with is configured, unless it expires or is revoked. The first secret
 * makes tokens, all of them check them.
 */
@Injectable()
export class OrderTokens {
  private readonly secrets: readonly string[];
  private readonly lifetimeMs: number | null;

  constructor(@Inject(HTTP_OPTIONS) { orderTokenSecrets = [], orderTokenDays = 0 }: HttpOptions) {
    this.secrets = orderTokenSecrets;
    this.lifetimeMs = orderTokenDays === 0 ? null : orderTokenDays * DAY_MS;
  }

  /**
   * A token of an order; the same for the same time. Null when no secret is configured: then there are none.
   * @param madeAt epoch milliseconds.
   */
  issue(orderId: string, madeAt: number): string | null {
    const [secret] = this.secrets;
    if (secret === undefined) return null;
    const time = madeAt.toString(36);
    return `order_${orderId}_${time}_${macOf(secret, orderId, time).toString('base64url')}`;
  }

  /** What a token says; null when it is no token of ours. */
  read(token: string): OrderToken | null {
    const [, orderId = '', time, mac = ''] = TOKEN.exec(token) ?? [];
    if (readGuid(orderId) === null) return null;
    const given = Buffer.from(mac, 'base64url');
    const matches = this.secrets.filter((secret) => timingSafeEqual(macOf(secret, orderId, time), given));
    if (matches.length === 0) return null;
    const madeAt = time === undefined ? null : Number.parseInt(time, 36);
    return { orderId, madeAt, expiresAt: this.lifetimeMs === null ? null : (madeAt ?? 0) + this.lifetimeMs };
  }
}

function macOf(secret: string, orderId: string, time: string | undefined): Buffer {
  const signed = time === undefined ? `${PURPOSE_WITHOUT_TIME}${orderId}` : `${PURPOSE}${orderId}:${time}`;
  return createHmac('sha256', secret).update(signed).digest();
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import { readGuid } from '../validation/guid.js';

/**
 * `order_<guid>_<epoch milliseconds in base 36>_<HMAC-SHA256 in base64url, 43 characters>`.
 * Earlier versions made tokens without a time. The service still reads them.
 */
const TOKEN = /^order_([0-9a-f-]{36})_(?:([0-9a-z]{1,9})_)?([\w-]{43})$/;

/** The MAC covers this purpose, so that a MAC made with the same secret for another use is no valid token. */
const PURPOSE = 'durable-orders:order-token:v2:';
const PURPOSE_WITHOUT_TIME = 'durable-orders:order-token:v1:';
const DAY_MS = 86_400_000;

export interface OrderToken {
  readonly orderId: string;
  /** Epoch milliseconds. Null: the token contains no time. */
  readonly madeAt: number | null;
  /** The token is refused from this time on, in epoch milliseconds. Null: it does not expire. */
  readonly expiresAt: number | null;
}

/**
 * Makes and checks tokens. A token lets its bearer read and cancel one order.
 * It is a MAC of the order's id and the time, so the service stores no token.
 * It is valid while its secret is configured, unless it expires or is revoked.
 * The first secret makes tokens. Every secret checks tokens.
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
   * Makes a token of an order. The same order and time give the same token. Returns null when no secret is configured.
   * @param madeAt epoch milliseconds.
   */
  issue(orderId: string, madeAt: number): string | null {
    const [secret] = this.secrets;
    if (secret === undefined) return null;
    const time = madeAt.toString(36);
    return `order_${orderId}_${time}_${macOf(secret, orderId, time).toString('base64url')}`;
  }

  /** Reads a token. Returns null when it is malformed or when no configured secret made it. */
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

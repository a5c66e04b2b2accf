import type { HttpOptions } from '../http-options.js';
import { OrderTokens } from './order-token.js';

const ORDER = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
const OTHER = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf002';
const OLD = 'o'.repeat(32);
const NEW = 'n'.repeat(32);
const AT = Date.UTC(2026, 10, 27);
const DAY = 86_400_000;

const tokensOf = (orderTokenSecrets: readonly string[], orderTokenDays = 0): OrderTokens => {
  const options: HttpOptions = {
    apiKeys: [],
    orderTokenSecrets,
    orderTokenDays,
    webhookSecrets: [],
    publicUrl: () => '',
    production: true,
  };
  return new OrderTokens(options);
};

/** A token of an earlier release, without a time. Its secret is NEW. */
const WITHOUT_TIME = `order_${ORDER}_ORQCCdEZsuFvwuFCPzR8mwI14tt3TXJkunJXGZ1SwHY`;

describe('the token of an order', () => {
  const tokens = tokensOf([NEW]);
  const token = tokens.issue(ORDER, AT)!;

  it('contains its order and its time, and differs only when one of them differs', () => {
    expect(tokens.read(token)).toEqual({ orderId: ORDER, madeAt: AT, expiresAt: null });
    expect(tokens.issue(ORDER, AT)).toBe(token);
    for (const other of [tokens.issue(OTHER, AT)!, tokens.issue(ORDER, AT + 1)!])
      expect(other).not.toContain(token.slice(-43));
  });

  it('holds while the secret it was made with is configured, first or not, and no longer', () => {
    const old = tokensOf([OLD]).issue(ORDER, AT)!;
    const rotating = tokensOf([NEW, OLD]);
    expect(rotating.read(old)).toMatchObject({ orderId: ORDER });
    expect(rotating.issue(ORDER, AT)).toBe(token);
    expect(tokens.read(old)).toBeNull();
  });

  it('expires the configured number of days after it was made', () => {
    expect(tokensOf([NEW], 3).read(token)).toEqual({ orderId: ORDER, madeAt: AT, expiresAt: AT + 3 * DAY });
  });

  it('of an earlier release is valid without an expiry setting, and expired with one', () => {
    expect(tokens.read(WITHOUT_TIME)).toEqual({ orderId: ORDER, madeAt: null, expiresAt: null });
    expect(tokensOf([NEW], 30).read(WITHOUT_TIME)).toEqual({ orderId: ORDER, madeAt: null, expiresAt: 30 * DAY });
  });

  it('is none when its order, its time, its MAC or its form was changed', () => {
    const [mac, time] = [token.slice(-43), AT.toString(36)];
    const flipped = (mac.startsWith('A') ? 'B' : 'A') + mac.slice(1);
    for (const forged of [
      `order_${OTHER}_${time}_${mac}`,
      `order_${ORDER}_${(AT + 1).toString(36)}_${mac}`,
      `order_${ORDER}_0${time}_${mac}`,
      `order_${ORDER}_${time.toUpperCase()}_${mac}`,
      `order_${ORDER}_${mac}`,
      `order_${ORDER}__${mac}`,
      `order_${ORDER}_${time}_${flipped}`,
      `order_${ORDER}_${time}_${mac.slice(1)}`,
      `order_${ORDER.toUpperCase()}_${time}_${mac}`,
      `${WITHOUT_TIME.slice(0, 43)}${time}_${WITHOUT_TIME.slice(-43)}`,
      ` ${token}`,
      `${token}A`,
      ORDER,
      '',
    ])
      expect([forged, tokens.read(forged)]).toEqual([forged, null]);
  });

  it('does not exist without a secret', () => {
    expect(tokensOf([]).issue(ORDER, AT)).toBeNull();
    expect(tokensOf([]).read(token)).toBeNull();
  });
});

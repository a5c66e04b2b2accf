import type { HttpOptions } from '../http-options.js';
import { OrderTokens } from './order-token.js';

const ORDER = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
const OTHER = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf002';
const OLD = 'o'.repeat(32);
const NEW = 'n'.repeat(32);

const tokensOf = (...orderTokenSecrets: string[]): OrderTokens => {
  const options: HttpOptions = {
    apiKeys: [],
    orderTokenSecrets,
    webhookSecrets: [],
    publicUrl: () => '',
    production: true,
  };
  return new OrderTokens(options);
};

describe('the token of an order', () => {
  const tokens = tokensOf(NEW);
  const token = tokens.issue(ORDER)!;

  it('is for its order, is the same each time, and is another one for each order', () => {
    expect(tokens.orderOf(token)).toBe(ORDER);
    expect(tokens.issue(ORDER)).toBe(token);
    expect(tokens.issue(OTHER)).not.toContain(token.slice(-43));
  });

  it('holds while the secret it was made with is configured, first or not, and no longer', () => {
    const old = tokensOf(OLD).issue(ORDER)!;
    const rotating = tokensOf(NEW, OLD);
    expect(rotating.orderOf(old)).toBe(ORDER);
    expect(rotating.issue(ORDER)).toBe(token);
    expect(tokens.orderOf(old)).toBeNull();
  });

  it('is none when its order, its MAC or its form was changed', () => {
    const mac = token.slice(-43);
    const flipped = (mac.startsWith('A') ? 'B' : 'A') + mac.slice(1);
    for (const forged of [
      `order_${OTHER}_${mac}`,
      `order_${ORDER}_${flipped}`,
      `order_${ORDER}_${mac.slice(1)}`,
      `order_${ORDER.toUpperCase()}_${mac}`,
      ` ${token}`,
      `${token}A`,
      ORDER,
      '',
    ])
      expect([forged, tokens.orderOf(forged)]).toEqual([forged, null]);
  });

  it('does not exist without a secret', () => {
    expect(tokensOf().issue(ORDER)).toBeNull();
    expect(tokensOf().orderOf(token)).toBeNull();
  });
});

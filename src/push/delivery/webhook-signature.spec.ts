import { Webhook } from 'standardwebhooks';
import { newSecret, rotated, signed } from './webhook-signature.js';

const BODY = '{"id":"evt_1"}';
const HOUR = 3_600_000;

const verifies = (secret: string, headers: Record<string, string>): boolean => {
  try {
    new Webhook(secret).verify(BODY, headers);
    return true;
  } catch {
    return false;
  }
};

describe('the signature of an outbound webhook (G16)', () => {
  const now = Date.now();
  const [first, second, third] = [newSecret(), newSecret(), newSecret()];
  const registered = [{ secret: first, createdAt: now - HOUR, expiresAt: null }];

  it('is verified by the official library with its own secret and with no other', () => {
    const headers = signed(registered, { id: 'evt_1', body: BODY }, now);
    expect(verifies(first, headers)).toBe(true);
    expect(verifies(second, headers)).toBe(false);
    expect(() => new Webhook(first).verify(`${BODY} `, headers)).toThrow('No matching signature');
  });

  it('is made with the old and the new secret during a rotation, and with the new one alone after it', () => {
    const secrets = rotated(registered, second, now, HOUR);
    const during = signed(secrets, { id: 'evt_1', body: BODY }, now);
    expect([verifies(first, during), verifies(second, during)]).toEqual([true, true]);
    const later = signed(secrets, { id: 'evt_1', body: BODY }, now + HOUR);
    expect(later['webhook-signature'].split(' ')).toHaveLength(1);
  });

  it('ends for an old secret at its time although another rotation follows, which drops expired secrets', () => {
    const once = rotated(registered, second, now, HOUR);
    const twice = rotated(once, third, now + HOUR / 2, HOUR);
    expect(twice.map(({ expiresAt }) => expiresAt)).toEqual([null, now + 1.5 * HOUR, now + HOUR]);
    expect(rotated(twice, newSecret(), now + 2 * HOUR, HOUR)).toHaveLength(2);
  });

  it('is made with a secret of 32 random bytes', () => {
    expect(Buffer.from(newSecret().slice('whsec_'.length), 'base64')).toHaveLength(32);
    expect(newSecret()).not.toBe(newSecret());
  });
});

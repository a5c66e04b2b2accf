import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { EndpointSecret } from '../push-store.port.js';

/** Bytes of a secret; Standard Webhooks requires 24 to 64. */
const SECRET_BYTES = 32;

/** Returns a random secret as `whsec_` and base64. */
export const newSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** Adds a secret that signs at once. Earlier secrets also sign for `overlapMs` at most. Drops expired secrets. */
export function rotated(
  secrets: readonly EndpointSecret[],
  secret: string,
  now: number,
  overlapMs: number,
): EndpointSecret[] {
  const retiring = secrets.map((old) => ({ ...old, expiresAt: Math.min(old.expiresAt ?? Infinity, now + overlapMs) }));
  return [{ secret, createdAt: now, expiresAt: null }, ...stillSigning(retiring, now)];
}

const stillSigning = (secrets: readonly EndpointSecret[], now: number): readonly EndpointSecret[] =>
  secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);

/**
 * Makes the headers of Standard Webhooks, with one signature for each current secret.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signed(
  secrets: readonly EndpointSecret[],
  message: { readonly id: string; readonly body: string },
  now: number,
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const at = new Date(now);
  const signatures = stillSigning(secrets, now).map(({ secret }) =>
    new Webhook(secret).sign(message.id, at, message.body),
  );
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}

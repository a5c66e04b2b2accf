import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import type { StaffRole } from './principal.js';

/** A configured key. Nobody can tell the key itself from it. */
export interface KnownKey {
  /** First 16 hexadecimal digits of the key's SHA-256: names the key among those of one holder. */
  readonly fingerprint: string;
  /** Names the holder. */
  readonly id: string;
  readonly role: StaffRole;
  /** Epoch milliseconds from which on it is refused; null: never. */
  readonly expiresAt: number | null;
}

interface HashedKey {
  readonly key: KnownKey;
  readonly hash: Buffer;
}

/** The function keys, kept as hashes. All hashes have one length, which `timingSafeEqual` needs. */
@Injectable()
export class AccessKeys {
  /** Each hash once: the first entry decides. */
  private readonly known: readonly HashedKey[];

  constructor(@Inject(HTTP_OPTIONS) { apiKeys, accessKeys = [] }: HttpOptions) {
    const hashed = accessKeys.map(({ id, role, sha256, expiresAt = null }) => ({
      hash: Buffer.from(sha256, 'hex'),
      id,
      role,
      expiresAt,
    }));
    const given = [...hashed, ...apiKeys.map(plainKey)];
    const first = new Map([...given].reverse().map((each) => [each.hash.toString('hex'), each]));
    this.known = [...first.values()].reverse().map(({ hash, ...key }) => ({
      hash,
      key: { fingerprint: fingerprintOf(hash), ...key },
    }));
  }

  get all(): readonly KnownKey[] {
    return this.known.map(({ key }) => key);
  }

  /** Which key this is; null: none. All keys are compared, so that the time does not tell which one matched. */
  find(key: string): KnownKey | null {
    const given = hashOf(key);
    const matches = this.known.filter(({ hash }) => timingSafeEqual(hash, given));
    return matches[0]?.key ?? null;
  }
}

/** A plain key (development only) may do everything. Its hash names its holder. */
function plainKey(key: string) {
  const hash = hashOf(key);
  return { hash, id: `key:${fingerprintOf(hash).slice(0, 8)}`, role: 'admin' as const, expiresAt: null };
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

const fingerprintOf = (hash: Buffer): string => hash.toString('hex').slice(0, 16);

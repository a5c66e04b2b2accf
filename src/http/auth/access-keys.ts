import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import type { StaffRole } from './principal.js';

/** A configured key without its secret. */
export interface KnownKey {
  /** First 16 hexadecimal digits of the key's SHA-256. They tell apart the keys of one holder. */
  readonly fingerprint: string;
  /** Names the holder. */
  readonly id: string;
  readonly role: StaffRole;
  /** The key is refused from this time on, in epoch milliseconds. Null: it does not expire. */
  readonly expiresAt: number | null;
}

interface HashedKey {
  readonly key: KnownKey;
  readonly hash: Buffer;
}

/** Holds the function keys as hashes. `timingSafeEqual` needs values of one length, and all hashes have one length. */
@Injectable()
export class AccessKeys {
  /** Contains each hash once. The first configured entry with a hash wins. */
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

  /** Returns the configured key, or null. It compares all keys, so that its duration does not reveal which matched. */
  find(key: string): KnownKey | null {
    const given = hashOf(key);
    const matches = this.known.filter(({ hash }) => timingSafeEqual(hash, given));
    return matches[0]?.key ?? null;
  }
}

/** A plain key is for development and may do everything. Its id is made of its hash. */
function plainKey(key: string) {
  const hash = hashOf(key);
  return { hash, id: `key:${fingerprintOf(hash).slice(0, 8)}`, role: 'admin' as const, expiresAt: null };
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

const fingerprintOf = (hash: Buffer): string => hash.toString('hex').slice(0, 16);

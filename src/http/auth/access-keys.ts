import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import type { Principal } from './principal.js';

interface KnownKey {
  readonly principal: Principal;
  readonly hash: Buffer;
}

/** The function keys, kept as hashes. All hashes have one length, which `timingSafeEqual` needs. */
@Injectable()
export class AccessKeys {
  private readonly known: readonly KnownKey[];

  constructor(@Inject(HTTP_OPTIONS) { apiKeys, accessKeys = [] }: HttpOptions) {
    const hashed = accessKeys.map(({ id, role, sha256 }) => ({
      principal: { id, role },
      hash: Buffer.from(sha256, 'hex'),
    }));
    this.known = [...hashed, ...apiKeys.map(plainKey)];
  }

  /** Whose key this is; null when nobody's. All keys are compared, so that the time does not tell which one matched. */
  holderOf(key: string): Principal | null {
    const given = hashOf(key);
    const matches = this.known.filter(({ hash }) => timingSafeEqual(hash, given));
    return matches[0]?.principal ?? null;
  }
}

/** A plain key (development only) may do everything. Its hash names its holder. */
function plainKey(key: string): KnownKey {
  const hash = hashOf(key);
  return { principal: { id: `key:${hash.toString('hex').slice(0, 8)}`, role: 'admin' }, hash };
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

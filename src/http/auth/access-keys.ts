import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import type { Principal } from './principal.js';

interface KnownKey {
  readonly principal: Principal;
  readonly hash: Buffer;
}

/** The function keys. What is kept are hashes, of one length, which `timingSafeEqual` needs. */
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

/** A key of a developer's machine may do everything; its holder is named by its hash. */
function plainKey(key: string): KnownKey {
  const hash = hashOf(key);
  return { principal: { id: `key:${hash.toString('hex').slice(0, 8)}`, role: 'admin' }, hash };
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

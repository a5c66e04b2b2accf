/**
 * The last records of the actors that were used last, with what was read from them. Bounded in number and in bytes; an actor
 * that alone takes more than all may is not cached. Nothing depends on it: what is not here is in the store.
 */
import { LRUCache } from 'lru-cache';
import { ACTOR_PER_BYTE, RECORD_BYTES } from '../commit/commit-size.js';
import type { Bookkeeping } from '../model/bookkeeping.js';
import type { ActorRecord } from '../model/store.port.js';
import type { HydratedActor } from '../turn/hydrated-actor.js';

export interface CachedActor {
  readonly record: ActorRecord;
  /** Null when it was not read from the record. */
  readonly bookkeeping: Bookkeeping | null;
  readonly hydrated: HydratedActor | null;
}

export interface ActorCacheOptions {
  /** Number of actors. */
  readonly cacheSize: number;
  readonly cacheBytes: number;
}

export class ActorCache {
  private readonly actors: LRUCache<string, CachedActor>;

  constructor({ cacheSize, cacheBytes }: ActorCacheOptions) {
    this.actors = new LRUCache({
      max: Math.max(1, cacheSize),
      maxSize: Math.max(1, cacheBytes),
      sizeCalculation: sizeOf,
    });
  }

  /** Bytes, as far as they are counted. */
  get size(): number {
    return this.actors.calculatedSize;
  }

  get(actorId: string): CachedActor | undefined {
    return this.actors.get(actorId);
  }

  set(actorId: string, actor: CachedActor): void {
    this.actors.set(actorId, actor);
  }

  delete(actorId: string): void {
    this.actors.delete(actorId);
  }
}

function sizeOf({ record, hydrated }: CachedActor): number {
  const text = record.snapshot.length + record.bookkeeping.length + record.attributes.length;
  return RECORD_BYTES + text + (hydrated === null ? 0 : ACTOR_PER_BYTE * record.snapshot.length);
}

import type { ThrottlerStorage } from '@nestjs/throttler';
import { LRUCache } from 'lru-cache';

/** Most senders remembered at once. Beyond it, the window of the sender that was quiet longest is forgotten. */
const MOST_SENDERS = 100_000;

interface Window {
  hits: number;
  readonly endsAt: number;
}

/**
 * Counts requests in fixed windows. The library's own storage keeps the time of every request and looks through all of
 * them at each: fine for tens a minute, not for thousands; and it forgets no sender before its time.
 */
export class RateWindows implements ThrottlerStorage {
  private readonly windows = new LRUCache<string, Window>({ max: MOST_SENDERS });

  increment(key: string, ttlMs: number, limit: number): ReturnType<ThrottlerStorage['increment']> {
    // A clock that is set back would keep a sender out, and one that is set forward would let it in.
    const now = performance.now();
    const window = this.windowOf(key, now, ttlMs);
    window.hits += 1;
    const isBlocked = window.hits > limit;
    const timeToExpire = Math.ceil((window.endsAt - now) / 1_000);
    return Promise.resolve({
      totalHits: window.hits,
      timeToExpire,
      isBlocked,
      timeToBlockExpire: isBlocked ? timeToExpire : 0,
    });
  }

  private windowOf(key: string, now: number, ttlMs: number): Window {
    const known = this.windows.get(key);
    if (known !== undefined && known.endsAt > now) return known;
    const window = { hits: 0, endsAt: now + ttlMs };
    this.windows.set(key, window);
    return window;
  }
}

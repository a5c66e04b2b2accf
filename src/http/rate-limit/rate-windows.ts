import type { ThrottlerStorage } from '@nestjs/throttler';
import { LRUCache } from 'lru-cache';

/** Most windows in memory. Beyond it, the window of the sender with the oldest last request is dropped. */
const MOST_SENDERS = 100_000;

interface Window {
  hits: number;
  readonly endsAt: number;
}

/**
 * Counts requests in fixed windows. It replaces the library's storage, which keeps the time of every request and scans
 * all of them at each request. That is too slow for thousands per minute, and its memory has no bound.
 */
export class RateWindows implements ThrottlerStorage {
  private readonly windows = new LRUCache<string, Window>({ max: MOST_SENDERS });

  increment(key: string, ttlMs: number, limit: number): ReturnType<ThrottlerStorage['increment']> {
    // This clock is monotonic: a step of the system clock would lengthen or shorten a window.
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

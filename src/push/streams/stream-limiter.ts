import { streamsExhausted } from '../push-errors.js';

/** The reader of a stream. `anybody`: the service asks for no key, and all readers count as one. */
export interface Follower {
  /** Readers with the same name share their places. */
  readonly name: string;
  readonly kind: 'customer' | 'client' | 'operator' | 'anybody';
}

/** Shares of all places: the most for one key, the most for one order's token, and the part reserved for operators. */
const SHARE_OF_KEY = 0.5;
const SHARE_OF_CUSTOMER = 0.02;
const RESERVE = 0.1;

/**
 * Limits the number of open streams, and ends all streams at shutdown.
 * One key or customer cannot take all places, and some are reserved for operators. Without keys there are no shares.
 */
export class StreamLimiter {
  private readonly open = new Map<AbortController, string>();
  private closing = false;

  constructor(private readonly atMost: number) {}

  get taken(): number {
    return this.open.size;
  }

  /** Takes a place. Its signal aborts at shutdown. The caller must give it back. @throws PushError when none is free. */
  take(follower: Follower): { readonly signal: AbortSignal; readonly giveBack: () => void } {
    const { name } = follower;
    const held = [...this.open.values()].filter((each) => each === name).length;
    if (this.closing || this.open.size >= this.roomOf(follower) || held >= this.shareOf(follower)) {
      throw streamsExhausted(this.atMost);
    }
    const controller = new AbortController();
    this.open.set(controller, name);
    return {
      signal: controller.signal,
      giveBack: () => {
        this.open.delete(controller);
      },
    };
  }

  closeAll(): void {
    this.closing = true;
    for (const controller of this.open.keys()) controller.abort();
  }

  private roomOf({ kind }: Follower): number {
    const hasReserve = kind === 'operator' || kind === 'anybody';
    return hasReserve ? this.atMost : Math.max(1, Math.floor(this.atMost * (1 - RESERVE)));
  }

  private shareOf({ kind }: Follower): number {
    if (kind === 'anybody') return this.atMost;
    const share = kind === 'customer' ? SHARE_OF_CUSTOMER : SHARE_OF_KEY;
    return Math.max(1, Math.ceil(this.atMost * share));
  }
}

import { streamsExhausted } from '../push-errors.js';

/** Who follows. `anybody`: no key is asked for, and all are one. */
export interface Follower {
  /** The same for all that share places. */
  readonly name: string;
  readonly kind: 'customer' | 'client' | 'operator' | 'anybody';
}

/** Of all places: what one key may hold, what the bearers of one order's token may, and what operators alone may. */
const SHARE_OF_KEY = 0.5;
const SHARE_OF_CUSTOMER = 0.02;
const RESERVE = 0.1;

/**
 * How many clients may follow at once, and the end of all of them when the service goes down. No key and no customer takes
 * the places of the others, and some are left for operators. Where no key is asked for, all are one, without a share.
 */
export class StreamLimiter {
  private readonly open = new Map<AbortController, string>();
  private closing = false;

  constructor(private readonly atMost: number) {}

  get taken(): number {
    return this.open.size;
  }

  /** A place; its signal is aborted when the service goes down. Give it back. @throws PushError when there is none. */
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

import type { ActorHead } from '../../durable/index.js';
import { iso, runtimeWordOf, type OrderRuntimeStatus } from '../../orders/views/order-views.js';
import { OVERLAP_MS, type ChangeFeed } from '../feed/change-feed.js';
import { fieldInvalid } from '../push-errors.js';
import type { ChangeMark } from '../push-store.port.js';

/** The state of an order after a change. */
interface OrderChange {
  readonly id: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly runtimeStatus: OrderRuntimeStatus;
  readonly incident: boolean;
  /** Ignore a message with a lower revision than one seen before: it is older. */
  readonly revision: number;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** `change`: an order and the cursor to resume from. `reset`: too many changes were missed; load the list again. */
export type ChangeEvent =
  { readonly kind: 'change'; readonly cursor: string; readonly order: OrderChange } | { readonly kind: 'reset' };

/** Most orders that are replayed to a resuming reader, or buffered for a slow one. */
const MOST = 2_000;

/**
 * Streams changes of all orders, at least once each. A slow reader gets only the last state of an order.
 * A reader that is more than MOST orders behind gets `reset`.
 */
export class OrderChangeStream {
  constructor(private readonly feed: ChangeFeed) {}

  /** Parses the cursor of an earlier stream; null without one. @throws PushError for a malformed cursor. */
  cursorOf(text: string | undefined): ChangeMark | null {
    return text === undefined ? null : readCursor(text);
  }

  /** Yields the changes after the mark, then later changes as they happen. */
  async *follow(mark: ChangeMark | null, signal: AbortSignal): AsyncGenerator<ChangeEvent> {
    const waiting = new Map<string, ActorHead>();
    let wake = (): void => undefined;
    const onAbort = (): void => wake();
    signal.addEventListener('abort', onAbort);
    const stop = this.feed.subscribe((order) => {
      // Re-insert at the end, so that cursors only grow. One entry above MOST marks this reader as too slow.
      waiting.delete(order.actorId);
      if (waiting.size <= MOST) waiting.set(order.actorId, order);
      wake();
    });
    try {
      if (mark !== null) yield* this.missed(mark);
      while (!signal.aborted) {
        if (waiting.size > MOST) {
          waiting.clear();
          yield { kind: 'reset' };
        }
        const [next] = waiting.values();
        if (next !== undefined) {
          waiting.delete(next.actorId);
          yield changeOf(next);
          continue;
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stop();
      signal.removeEventListener('abort', onAbort);
    }
  }

  private async *missed(cursor: ChangeMark): AsyncGenerator<ChangeEvent> {
    let told = 0;
    let mark: ChangeMark | null = { updatedAt: cursor.updatedAt - OVERLAP_MS, actorId: '' };
    while (mark !== null) {
      const { orders, next }: Awaited<ReturnType<ChangeFeed['since']>> = await this.feed.since(mark);
      told += orders.length;
      if (told > MOST) {
        yield { kind: 'reset' };
        return;
      }
      for (const order of orders) yield changeOf(order);
      mark = next;
    }
  }
}

function changeOf(head: ActorHead): ChangeEvent {
  const { actorId: id, status, outcome, incident, revision, updatedAt } = head;
  const order: OrderChange = {
    id,
    status,
    outcome,
    runtimeStatus: runtimeWordOf(head.runtimeStatus),
    incident,
    revision,
    updatedAt: iso(updatedAt),
  };
  return { kind: 'change', cursor: `${updatedAt}.${id}`, order };
}

/** @throws PushError */
function readCursor(cursor: string): ChangeMark {
  const match = /^(\d{1,15})\.([\w-]{1,100})$/.exec(cursor);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw fieldInvalid('cursor', 'isCursor', 'The cursor is not one this stream gave out.');
  }
  return { updatedAt: Number(match[1]), actorId: match[2] };
}

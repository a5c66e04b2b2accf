/**
 * Leads requests that carry an idempotency key from their beginning to their answer.
 *
 * When the process dies:
 * - before the effect: a dead node holds the key. The next request under it takes over.
 * - between the effect and the answer: the next request takes over too. It finds the effect, because the effect key is
 *   the same.
 * - after the answer was stored: the next request gets the stored answer.
 * A request whose outcome is unknown leaves the key reserved, so a repeat finds out.
 */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DurableRuntime } from '../durable/index.js';
import {
  IDEMPOTENCY_STORE,
  type IdempotencyStore,
  type OwnedKey,
  type RequestKey,
  type StoredResponse,
} from './idempotency-store.port.js';
import { HTTP_OPTIONS, type HttpOptions } from '../http/http-options.js';
import { idempotencyKeyInProgress, idempotencyKeyReused } from '../http/problem/request-error.js';
import { effectKeyOf } from './idempotency-key.js';

const DAY_MS = 86_400_000;
/** A repeat waits this long for the answer to the first request. */
const PATIENCE_MS = 5_000;

export interface KeyedRequest extends RequestKey {
  readonly fingerprint: string;
}

export type Begun =
  | { readonly kind: 'answered'; readonly answer: StoredResponse }
  | {
      readonly kind: 'begun';
      readonly effectKey: string;
      /** When this use of the key began, in epoch milliseconds; the same when a dead node's work is done again. */
      readonly reservedAt: number;
    };

@Injectable()
export class IdempotentRequests {
  private readonly logger = new Logger('Idempotency');
  private readonly ttlMs: number;
  /** Requests of this process that are under way, by scope and key. */
  private readonly running = new Map<string, RunningRequest>();

  constructor(
    @Inject(IDEMPOTENCY_STORE) private readonly answers: IdempotencyStore,
    private readonly runtime: DurableRuntime,
    @Inject(HTTP_OPTIONS) { idempotencyTtlMs = DAY_MS }: HttpOptions,
  ) {
    this.ttlMs = idempotencyTtlMs;
  }

  /**
   * Returns the stored answer, or begins the request. The caller ends a begun request by `keep`, `release` or `abandon`.
   * @throws RequestError when the key belongs to another request or is in use. @throws StoreUnavailableError
   */
  async begin(request: KeyedRequest): Promise<Begun> {
    const { fingerprint } = request;
    const name = nameOf(request);
    const until = performance.now() + PATIENCE_MS;
    for (let first = this.running.get(name); first !== undefined; first = this.running.get(name)) {
      if (first.fingerprint !== fingerprint) throw idempotencyKeyReused();
      const answer = await first.answerBefore(until);
      if (answer !== null) return { kind: 'answered', answer };
      if (performance.now() >= until) throw idempotencyKeyInProgress();
    }
    this.running.set(name, new RunningRequest(fingerprint));
    try {
      return await this.reserve(request);
    } catch (error) {
      this.settle(request, null);
      throw error;
    }
  }

  /** Stores the answer. Does not reject when that fails: the effect is durable, and a repeat makes the same answer. */
  async keep(request: KeyedRequest, answer: StoredResponse, actorId: string | null): Promise<void> {
    await this.end(request, answer, () => this.answers.keep(this.owned(request), answer, actorId));
  }

  /** Frees the key, because the request had no effect. */
  async release(request: KeyedRequest): Promise<void> {
    await this.end(request, null, () => this.answers.release(this.owned(request)));
  }

  /** Leaves the key reserved, because the effect is unknown. The next request under the key finds out. */
  abandon(request: KeyedRequest): void {
    this.settle(request, null);
  }

  private async reserve(request: KeyedRequest): Promise<Begun> {
    const { scope, key, fingerprint } = request;
    const now = this.runtime.clock.now();
    const expiresAt = now + this.ttlMs;
    const reserved = await this.answers.claim({ ...this.owned(request), fingerprint, now, expiresAt });
    switch (reserved.kind) {
      case 'reserved':
        return {
          kind: 'begun',
          effectKey: effectKeyOf(scope, key, reserved.reservedAt),
          reservedAt: reserved.reservedAt,
        };
      case 'answered':
        this.settle(request, reserved.answer);
        return reserved;
      case 'running':
        throw idempotencyKeyInProgress();
      case 'other_request':
        throw idempotencyKeyReused();
    }
  }

  private async end(request: KeyedRequest, answer: StoredResponse | null, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.logger.warn(`An answer could not be stored: ${String(error)}`);
    } finally {
      this.settle(request, answer);
    }
  }

  /** @param answer for the repeats that wait; null: they begin the request themselves. */
  private settle(request: KeyedRequest, answer: StoredResponse | null): void {
    const name = nameOf(request);
    const running = this.running.get(name);
    this.running.delete(name);
    running?.settle(answer);
  }

  private owned({ scope, key }: RequestKey): OwnedKey {
    return { scope, key, ownerNode: this.runtime.nodeId };
  }
}

/** A request under way and its waiting repeats. */
class RunningRequest {
  private readonly waiting: ((answer: StoredResponse | null) => void)[] = [];

  constructor(readonly fingerprint: string) {}

  settle(answer: StoredResponse | null): void {
    for (const tell of this.waiting.splice(0)) tell(answer);
  }

  /** @param until a time of `performance.now()`. @returns null when there is no answer by then. */
  answerBefore(until: number): Promise<StoredResponse | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), Math.max(0, until - performance.now()));
      this.waiting.push((answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }
}

const nameOf = ({ scope, key }: RequestKey): string => JSON.stringify([scope, key]);

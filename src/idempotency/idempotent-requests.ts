/**
 * Requests that carry an idempotency key, from their beginning to their answer.
 *
 * What if the process dies:
 * - before the effect: nothing was done; the key is reserved by a dead node, and the next request under it takes it over.
 * - between the effect and its answer: the same, and the effect, being idempotent under the same effect key, is found done.
 * - after the answer was stored: it is given again.
 * A request whose outcome is unknown (the database did not answer) leaves the key reserved, for the same reason.
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
/** How long a repeat waits for the answer of the first request. */
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
  /** What this process is working on, by its key. */
  private readonly running = new Map<string, RunningRequest>();

  constructor(
    @Inject(IDEMPOTENCY_STORE) private readonly answers: IdempotencyStore,
    private readonly runtime: DurableRuntime,
    @Inject(HTTP_OPTIONS) { idempotencyTtlMs = DAY_MS }: HttpOptions,
  ) {
    this.ttlMs = idempotencyTtlMs;
  }

  /**
   * @returns the answer the same request got before, or how to make one: whoever begins must end it.
   * @throws RequestError @throws RequestError @throws StoreUnavailableError
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

  /** The effect is durable, so it is acknowledged even when the answer cannot be stored: it would be made again. */
  async keep(request: KeyedRequest, answer: StoredResponse, actorId: string | null): Promise<void> {
    await this.end(request, answer, () => this.answers.keep(this.owned(request), answer, actorId));
  }

  /** Nothing was done: the key may be used for the same request again, or for another one. */
  async release(request: KeyedRequest): Promise<void> {
    await this.end(request, null, () => this.answers.release(this.owned(request)));
  }

  /** Nobody knows what was done: the next request under the key finds out. */
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

  /** @param answer for those that wait; null: they have to find out themselves. */
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

/** A request under way, and the repeats of it that wait for its answer. */
class RunningRequest {
  private readonly waiting: ((answer: StoredResponse | null) => void)[] = [];

  constructor(readonly fingerprint: string) {}

  settle(answer: StoredResponse | null): void {
    for (const tell of this.waiting.splice(0)) tell(answer);
  }

  /** @returns null when there is none by then. @param until of `performance.now()`. */
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

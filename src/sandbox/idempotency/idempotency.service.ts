/**
 * Runs a mutating call once per idempotency key.
 *
 * The effect, its ledger entries and the stored response commit in one transaction. A crash leaves all of them or none.
 * The store runs one write at a time, so the second of two equal calls always finds the response of the first.
 * A refusal rolls the call back and stores nothing, so the caller may use the same key again.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LedgerRow } from '../ledger/ledger.entity.js';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import { SandboxStore } from '../store/sandbox-store.js';
import type { Tx } from '../store/sandbox-store.js';
import { AnsweredRequestRow } from './answered-request.entity.js';
import type { KeyedCall } from './idempotency-key.decorator.js';

export interface Effect extends Tx {
  readonly idempotencyKey: string | null;
  /** Id of the stored response; null when the caller sent no key. */
  readonly requestId: string | null;
}

/** An effect without a call: a deadline passed, or the provider decided by itself. */
export const ownEffect = (tx: Tx): Effect => ({
  manager: tx.manager,
  now: tx.now,
  idempotencyKey: null,
  requestId: null,
});

@Injectable()
export class IdempotencyService {
  constructor(private readonly store: SandboxStore) {}

  /** Runs `work` and returns its result, or returns the stored response of an equal call. Refusal: 422 `idempotency_key_reused`. */
  once<T>(call: KeyedCall, status: number, work: (effect: Effect) => Promise<T>): Promise<T> {
    return this.store.write(async (tx) => {
      if (call.key === null) return work(ownEffect(tx));
      const { key, method, path, fingerprint } = call;
      const earlier = await tx.manager.findOneBy(AnsweredRequestRow, { key, method, path });
      if (earlier !== null) return this.again<T>(tx, earlier, fingerprint);
      const requestId = randomUUID();
      const answer = await work({ ...tx, idempotencyKey: key, requestId });
      const body = JSON.stringify(answer);
      await tx.manager.insert(AnsweredRequestRow, { id: requestId, key, method, path, fingerprint, status, body });
      return answer;
    });
  }

  private async again<T>(tx: Tx, earlier: AnsweredRequestRow, fingerprint: string): Promise<T> {
    if (earlier.fingerprint !== fingerprint) {
      throw new PartnerRefusal(422, 'idempotency_key_reused', 'This Idempotency-Key came with another body before.');
    }
    await tx.manager.increment(LedgerRow, { requestId: earlier.id }, 'timesAsked', 1);
    // `once` wrote the text from the result of the same method and path, so it has that type.
    return JSON.parse(earlier.body) as T;
  }
}

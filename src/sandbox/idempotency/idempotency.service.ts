/**
 * Runs a mutating call once per idempotency key.
 *
 * The effect, its ledger entries and the stored answer commit in one transaction, so a crash leaves all or nothing of them.
 * The store takes one write at a time: of two equal calls the second always finds the answer of the first.
 * A refused call is rolled back and stores nothing, so the same key may be tried again.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LedgerRow } from '../ledger/ledger.entity.js';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import { SandboxStore } from '../store/sandbox-store.js';
import type { Tx } from '../store/sandbox-store.js';
import { AnsweredRequestRow } from './answered-request.entity.js';
import type { Asked } from './idempotency-key.decorator.js';

export interface Effect extends Tx {
  readonly idempotencyKey: string | null;
  /** Id of the answered request; null when no key was sent. */
  readonly requestId: string | null;
}

/** An effect that nobody's call brought about: a deadline passed, or the provider decided by itself. */
export const ownEffect = (tx: Tx): Effect => ({
  manager: tx.manager,
  now: tx.now,
  idempotencyKey: null,
  requestId: null,
});

@Injectable()
export class IdempotencyService {
  constructor(private readonly store: SandboxStore) {}

  /** Answers what `work` answers, or the stored answer of the same call. Refusal: 422 `idempotency_key_reused`. */
  once<T>(asked: Asked, status: number, work: (effect: Effect) => Promise<T>): Promise<T> {
    return this.store.write(async (tx) => {
      if (asked.key === null) return work(ownEffect(tx));
      const { key, method, path, fingerprint } = asked;
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
    // The text was written by `once` from the answer of the same method and path, so it reads back as that type.
    return JSON.parse(earlier.body) as T;
  }
}

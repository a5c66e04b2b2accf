import { Inject, Injectable } from '@nestjs/common';
import { DurableRuntime } from '../durable/index.js';
import { IDEMPOTENCY_STORE, type IdempotencyStore } from '../idempotency/idempotency-store.port.js';
import { inPages, Pruner } from './pruner.js';

const PAGE = 500;

/** Removes answers whose idempotency keys have expired. */
@Injectable()
export class IdempotencyPruner extends Pruner {
  protected readonly isNeeded = true;

  constructor(
    @Inject(IDEMPOTENCY_STORE) private readonly store: IdempotencyStore,
    { clock }: DurableRuntime,
  ) {
    super({ clock, name: 'Idempotency', everyMs: 600_000, failure: 'Expired answers could not be removed' });
  }

  prune(): Promise<number> {
    return inPages(PAGE, (limit) => this.store.removeExpired(this.clock.now(), limit));
  }
}

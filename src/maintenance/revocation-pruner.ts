import { Inject, Injectable } from '@nestjs/common';
import { DurableRuntime } from '../durable/index.js';
import { REVOCATION_STORE, type RevocationStore } from '../http/revocations/revocation-store.port.js';
import { inPages, Pruner } from './pruner.js';

const PAGE = 500;

/** Removes revocations of orders that were purged: their tokens open nothing any more. */
@Injectable()
export class RevocationPruner extends Pruner {
  protected readonly isNeeded = true;

  constructor(
    @Inject(REVOCATION_STORE) private readonly store: RevocationStore,
    { clock }: DurableRuntime,
  ) {
    super({
      clock,
      name: 'Revocations',
      everyMs: 3_600_000,
      failure: 'Revocations of purged orders could not be removed',
    });
  }

  prune(): Promise<number> {
    return inPages(PAGE, (limit) => this.store.removeOrphans(limit));
  }
}

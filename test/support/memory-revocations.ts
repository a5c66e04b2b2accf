import type { Revocation, RevocationStore } from '../../src/http/revocations/revocation-store.port.js';

/** Revocations in memory; held to the same contract as the real ones. */
export class MemoryRevocations implements RevocationStore {
  readonly made = new Map<string, Revocation>();
  /** What reads and writes fail with. */
  failure: Error | null = null;

  /** @param exists whether there is such an order. */
  constructor(private readonly exists: (orderId: string) => boolean) {}

  revoke(revocation: Revocation): Promise<void> {
    const name = `${revocation.kind} ${revocation.subject}`;
    const known = this.made.get(name);
    return this.answer(() => {
      if (known === undefined || revocation.revokedAt >= known.revokedAt) this.made.set(name, revocation);
    });
  }

  keys(): Promise<Revocation[]> {
    return this.answer(() => [...this.made.values()].filter(({ kind }) => kind === 'key'));
  }

  ofOrders(orderIds: readonly string[]): Promise<Revocation[]> {
    return this.answer(() =>
      [...this.made.values()].filter(({ kind, subject }) => kind === 'order' && orderIds.includes(subject)),
    );
  }

  removeOrphans(limit: number): Promise<number> {
    return this.answer(() => {
      const orphans = [...this.made].filter(([, { kind, subject }]) => kind === 'order' && !this.exists(subject));
      for (const [name] of orphans.slice(0, limit)) this.made.delete(name);
      return Math.min(orphans.length, limit);
    });
  }

  private answer<T>(give: () => T): Promise<T> {
    return this.failure === null ? Promise.resolve(give()) : Promise.reject(this.failure);
  }
}

/**
 * Knows which keys and tokens were revoked, and reports new revocations to open connections. A revocation by this
 * process takes effect at once. A revocation by another process takes effect within `POLL_MS`.
 *
 * All revoked keys are in memory, because they are few, so that no request with a key waits for the database. The
 * revocation of a token is read from the database with each request that has one.
 */
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DurableRuntime, PeriodicTask } from '../../durable/index.js';
import { REVOCATION_STORE, type Revocation, type RevocationStore } from './revocation-store.port.js';

const POLL_MS = 5_000;

/** The key or token of an open connection. Its revocation ends the connection. */
export interface Watched {
  readonly kind: Revocation['kind'];
  readonly subject: string;
  /** Called with each revocation of the subject. @returns whether it covers this key or token, which ends the watch. */
  readonly revoked: (revocation: Revocation) => boolean;
}

@Injectable()
export class Revocations implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Revocations');
  private readonly keys = new Map<string, Revocation>();
  private readonly watched = new Set<Watched>();
  private readonly poll: PeriodicTask;

  constructor(
    @Inject(REVOCATION_STORE) private readonly store: RevocationStore,
    private readonly runtime: DurableRuntime,
  ) {
    this.poll = new PeriodicTask({
      clock: runtime.clock,
      everyMs: POLL_MS,
      run: () => this.look(),
      onError: (error) => this.logger.warn(`Revocations could not be read: ${String(error)}`),
    });
  }

  /** Loads the revoked keys before the server accepts requests. @throws StoreUnavailableError */
  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.poll.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.poll.stop();
  }

  ofKey(fingerprint: string): Revocation | null {
    return this.keys.get(fingerprint) ?? null;
  }

  /** The latest revocation of the order's tokens. @throws StoreUnavailableError */
  async ofOrder(orderId: string): Promise<Revocation | null> {
    const [found] = await this.store.ofOrders([orderId]);
    return found ?? null;
  }

  /** When it resolves, the revocation is durable and this process applies it. @throws StoreUnavailableError */
  async revoke(revocation: Omit<Revocation, 'revokedAt'>): Promise<Revocation> {
    const made = { ...revocation, revokedAt: this.runtime.clock.now() };
    await this.store.revoke(made);
    this.tell([made]);
    return made;
  }

  /** @returns a function that ends the watch. */
  watch(watched: Watched): () => void {
    this.watched.add(watched);
    return () => {
      this.watched.delete(watched);
    };
  }

  private async look(): Promise<void> {
    const keys = await this.store.keys();
    const orderIds = [...this.watched].filter(({ kind }) => kind === 'order').map(({ subject }) => subject);
    const orders = orderIds.length === 0 ? [] : await this.store.ofOrders([...new Set(orderIds)]);
    this.tell([...keys, ...orders]);
  }

  private tell(revocations: readonly Revocation[]): void {
    const found = new Map(revocations.map((revocation) => [`${revocation.kind} ${revocation.subject}`, revocation]));
    for (const revocation of revocations) if (revocation.kind === 'key') this.keys.set(revocation.subject, revocation);
    for (const watched of this.watched) {
      const revocation = found.get(`${watched.kind} ${watched.subject}`);
      if (revocation !== undefined && watched.revoked(revocation)) this.watched.delete(watched);
    }
  }
}

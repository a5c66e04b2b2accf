import type {
  IdempotencyStore,
  KeyClaim,
  KeyClaimRequest,
  OwnedKey,
  StoredResponse,
} from '../../src/idempotency/idempotency-store.port.js';

interface Known extends KeyClaimRequest {
  readonly reservedAt: number;
  readonly answer: StoredResponse | null;
  readonly actorId: string | null;
}

/** The tables answers refer to. */
interface Surroundings {
  readonly nodes: ReadonlyMap<string, number>;
  readonly actors: ReadonlyMap<string, unknown>;
  onPurged: (actorIds: readonly string[]) => void;
}

/** The answer store's contract in memory. */
export class MemoryIdempotencyStore implements IdempotencyStore {
  readonly known = new Map<string, Known>();
  /** Called before an answer is kept; a test may throw there. */
  beforeKeeping: () => void = () => undefined;

  constructor(private readonly around: Surroundings) {
    around.onPurged = (actorIds) => this.forget(actorIds);
  }

  claim(asked: KeyClaimRequest): Promise<KeyClaim> {
    const id = idOf(asked);
    const known = this.known.get(id);
    const isFree = known === undefined || known.expiresAt <= asked.now;
    if (!isFree && known.fingerprint !== asked.fingerprint) return Promise.resolve({ kind: 'other_request' });
    if (!isFree && known.answer !== null) return Promise.resolve({ kind: 'answered', answer: known.answer });
    if (!isFree && known.ownerNode !== asked.ownerNode && this.isAlive(known.ownerNode, asked.now))
      return Promise.resolve({ kind: 'running' });
    const { reservedAt, expiresAt } = isFree ? { reservedAt: asked.now, expiresAt: asked.expiresAt } : known;
    this.known.set(id, { ...asked, reservedAt, expiresAt, answer: null, actorId: null });
    return Promise.resolve({ kind: 'reserved', reservedAt });
  }

  async keep(owned: OwnedKey, answer: StoredResponse, actorId: string | null): Promise<void> {
    await Promise.resolve();
    this.beforeKeeping();
    const known = this.owned(owned);
    if (known === undefined) return;
    const named = actorId !== null && this.around.actors.has(actorId) ? actorId : null;
    this.known.set(idOf(owned), { ...known, answer, actorId: named });
  }

  release(owned: OwnedKey): Promise<void> {
    if (this.owned(owned) !== undefined) this.known.delete(idOf(owned));
    return Promise.resolve();
  }

  removeExpired(now: number, limit: number): Promise<number> {
    const expired = [...this.known].filter(([, { expiresAt }]) => expiresAt <= now).slice(0, limit);
    for (const [id] of expired) this.known.delete(id);
    return Promise.resolve(expired.length);
  }

  private forget(actorIds: readonly string[]): void {
    for (const [id, { actorId }] of this.known)
      if (actorId !== null && actorIds.includes(actorId)) this.known.delete(id);
  }

  private owned(owned: OwnedKey): Known | undefined {
    const known = this.known.get(idOf(owned));
    return known?.ownerNode === owned.ownerNode && known.answer === null ? known : undefined;
  }

  private isAlive(nodeId: string, now: number): boolean {
    return (this.around.nodes.get(nodeId) ?? 0) >= now;
  }
}

const idOf = ({ scope, key }: { readonly scope: string; readonly key: string }): string => JSON.stringify([scope, key]);

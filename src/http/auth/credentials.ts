import { Injectable } from '@nestjs/common';
import { DurableRuntime } from '../../durable/index.js';
import { credentialLapsed, type RequestError } from '../problem/request-error.js';
import type { Revocation } from '../revocations/revocation-store.port.js';
import { Revocations } from '../revocations/revocations.js';
import { AccessKeys } from './access-keys.js';
import { OrderTokens } from './order-token.js';
import type { Credential, Principal } from './principal.js';

/** The holder of a key or token, or the reason to refuse it. Null: the service did not issue it. */
export type Judgement = { readonly principal: Principal } | { readonly lapse: RequestError } | null;

/** Longest delay of one timer, in milliseconds. A credential that expires later gets one timer after another. */
const LONGEST_DELAY_MS = 86_400_000;

/** Judges the key or token of each request, and watches it while a connection lasts. */
@Injectable()
export class Credentials {
  constructor(
    private readonly keys: AccessKeys,
    private readonly tokens: OrderTokens,
    private readonly revocations: Revocations,
    private readonly runtime: DurableRuntime,
  ) {}

  ofKey(key: string): Judgement {
    const known = this.keys.find(key);
    if (known === null) return null;
    const { id, role, fingerprint, expiresAt } = known;
    const revocation = this.revocations.ofKey(fingerprint);
    const credential: Credential = { kind: 'key', subject: fingerprint, madeAt: null, expiresAt };
    return this.judged({ id, role, credential }, revocation);
  }

  /** @throws StoreUnavailableError */
  async ofToken(token: string): Promise<Judgement> {
    const known = this.tokens.read(token);
    if (known === null) return null;
    const { orderId, madeAt, expiresAt } = known;
    const revocation = await this.revocations.ofOrder(orderId);
    const credential: Credential = { kind: 'order', subject: orderId, madeAt, expiresAt };
    return this.judged({ id: 'customer', role: 'customer', orderId, credential }, revocation);
  }

  /**
   * Watches the principal's key or token. When it expires or is revoked, the signal aborts with a RequestError as its
   * reason. The caller must end the watch.
   */
  watch({ credential }: Principal): { readonly signal: AbortSignal; readonly end: () => void } {
    const controller = new AbortController();
    if (credential === undefined) return { signal: controller.signal, end: () => undefined };
    const { kind, subject } = credential;
    const endWatch = this.revocations.watch({
      kind,
      subject,
      revoked: (revocation) => {
        const isRevoked = revokes(revocation, credential);
        if (isRevoked) controller.abort(credentialLapsed(kind, 'revoked'));
        return isRevoked;
      },
    });
    const cancelTimer = this.atExpiry(credential, () => controller.abort(credentialLapsed(kind, 'expired')));
    return {
      signal: controller.signal,
      end: () => {
        endWatch();
        cancelTimer();
      },
    };
  }

  private judged(principal: Principal & { readonly credential: Credential }, revocation: Revocation | null): Judgement {
    const { credential } = principal;
    if (revocation !== null && revokes(revocation, credential))
      return { lapse: credentialLapsed(credential.kind, 'revoked') };
    if (this.isExpired(credential)) return { lapse: credentialLapsed(credential.kind, 'expired') };
    return { principal };
  }

  private isExpired({ expiresAt }: Credential): boolean {
    return expiresAt !== null && this.runtime.clock.now() >= expiresAt;
  }

  private atExpiry(credential: Credential, run: () => void): () => void {
    const { expiresAt } = credential;
    if (expiresAt === null) return () => undefined;
    const { clock } = this.runtime;
    let cancel: () => void = () => undefined;
    const wait = (): void => {
      cancel = clock.after(Math.min(LONGEST_DELAY_MS, expiresAt - clock.now()), () =>
        this.isExpired(credential) ? run() : wait(),
      );
    };
    wait();
    return () => cancel();
  }
}

/** Revoking a key holds for good. Revoking an order's tokens covers only tokens made up to that time. */
const revokes = ({ revokedAt }: Revocation, { kind, madeAt }: Credential): boolean =>
  kind === 'key' || (madeAt ?? 0) <= revokedAt;

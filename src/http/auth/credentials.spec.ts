import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { DurableRuntime } from '../../durable/index.js';
import { MemoryStore, VirtualClock } from '../../durable/testing.js';
import { MemoryRevocations } from '../../../test/support/memory-revocations.js';
import type { HttpOptions } from '../http-options.js';
import { Revocations } from '../revocations/revocations.js';
import { AccessKeys } from './access-keys.js';
import { Credentials } from './credentials.js';
import { OrderTokens } from './order-token.js';
import type { Principal } from './principal.js';

const ORDER = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
const DAY = 86_400_000;
const POLL = 5_000;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const FINGERPRINT = sha256('anna').slice(0, 16);

describe('the validity of a key or token', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterAll(() => {
    Logger.overrideLogger(true);
  });
  let clock: VirtualClock;
  let store: MemoryRevocations;
  const started: Revocations[] = [];
  beforeEach(() => {
    clock = new VirtualClock();
    store = new MemoryRevocations(() => true);
  });
  afterEach(async () => {
    for (const each of started.splice(0)) await each.beforeApplicationShutdown();
  });

  /** Starts one of several processes that share a database. */
  async function node({ keyFor }: { readonly keyFor?: number } = {}) {
    const options: HttpOptions = {
      apiKeys: [],
      accessKeys: [{ id: 'anna', role: 'operator', sha256: sha256('anna'), expiresAt: keyFor && clock.now() + keyFor }],
      orderTokenSecrets: ['s'.repeat(32)],
      orderTokenDays: 2,
      webhookSecrets: [],
      publicUrl: () => '',
      production: true,
    };
    const runtime = new DurableRuntime({ store: new MemoryStore(), clock });
    const revocations = new Revocations(store, runtime);
    await revocations.onApplicationBootstrap();
    started.push(revocations);
    const tokens = new OrderTokens(options);
    return { credentials: new Credentials(new AccessKeys(options), tokens, revocations, runtime), revocations, tokens };
  }

  const holderOf = (judged: object | null): Principal => {
    if (judged === null || !('principal' in judged)) throw new Error('It is refused.');
    return judged.principal as Principal;
  };
  const codeOf = (judged: object | null) => (judged !== null && 'lapse' in judged ? judged.lapse : judged);
  const revokeKey = { kind: 'key', subject: FINGERPRINT, by: 'root', reason: null } as const;
  const revokeTokens = { kind: 'order', subject: ORDER, by: 'root', reason: null } as const;

  it('a key expires at its configured millisecond', async () => {
    const { credentials } = await node({ keyFor: 10 * DAY });
    await clock.advance(10 * DAY - 1);
    expect(credentials.ofKey('anna')).toMatchObject({ principal: { id: 'anna', role: 'operator' } });
    await clock.advance(1);
    expect(codeOf(credentials.ofKey('anna'))).toMatchObject({ code: 'key_expired' });
    expect(credentials.ofKey('bob')).toBeNull();
  });

  it('a token expires the configured number of days after it was made', async () => {
    const { credentials, tokens } = await node();
    const token = tokens.issue(ORDER, clock.now())!;
    await clock.advance(2 * DAY - 1);
    expect(await credentials.ofToken(token)).toMatchObject({ principal: { role: 'customer', orderId: ORDER } });
    await clock.advance(1);
    expect(codeOf(await credentials.ofToken(token))).toMatchObject({ code: 'token_expired' });
    expect(await credentials.ofToken('order_x')).toBeNull();
  });

  it('a key that was revoked is refused here at once, on other nodes within five seconds, and after a restart', async () => {
    const [here, there] = [await node(), await node()];
    await here.revocations.revoke(revokeKey);
    expect(codeOf(here.credentials.ofKey('anna'))).toMatchObject({ code: 'key_revoked' });
    await clock.advance(POLL);
    expect(codeOf(there.credentials.ofKey('anna'))).toMatchObject({ code: 'key_revoked' });
    const { credentials } = await node();
    expect(codeOf(credentials.ofKey('anna'))).toMatchObject({ code: 'key_revoked' });
  });

  it('every node refuses tokens made before a revocation, and accepts a token made after it', async () => {
    const [here, there] = [await node(), await node()];
    const old = here.tokens.issue(ORDER, clock.now())!;
    await here.revocations.revoke(revokeTokens);
    const fresh = here.tokens.issue(ORDER, clock.now() + 1)!;
    for (const { credentials } of [here, there]) {
      expect(codeOf(await credentials.ofToken(old))).toMatchObject({ code: 'token_revoked' });
      expect(holderOf(await credentials.ofToken(fresh)).orderId).toBe(ORDER);
    }
  });

  it('a token is not accepted while the database cannot say whether it was revoked', async () => {
    const { credentials, tokens } = await node();
    store.failure = new Error('The database is away.');
    await expect(credentials.ofToken(tokens.issue(ORDER, clock.now())!)).rejects.toBe(store.failure);
  });

  it('a connection ends when its key or token expires, even after weeks', async () => {
    const { credentials, tokens, revocations } = await node({ keyFor: 40 * DAY });
    await revocations.beforeApplicationShutdown(); // 40 days of virtual time would take 691,200 polls
    const key = credentials.watch(holderOf(credentials.ofKey('anna')));
    const token = credentials.watch(holderOf(await credentials.ofToken(tokens.issue(ORDER, clock.now())!)));
    await clock.advance(2 * DAY - 1);
    expect([key.signal.aborted, token.signal.aborted]).toEqual([false, false]);
    await clock.advance(1);
    expect(token.signal.reason).toMatchObject({ code: 'token_expired' });
    await clock.advance(38 * DAY);
    expect(key.signal.reason).toMatchObject({ code: 'key_expired' });
  });

  it('a connection on another node ends within five seconds after its key or token was revoked', async () => {
    const [here, there] = [await node(), await node()];
    const old = there.tokens.issue(ORDER, clock.now())!;
    const key = there.credentials.watch(holderOf(there.credentials.ofKey('anna')));
    const token = there.credentials.watch(holderOf(await there.credentials.ofToken(old)));
    await clock.advance(1);
    const fresh = there.tokens.issue(ORDER, clock.now() + 1)!;
    await here.revocations.revoke(revokeKey);
    await here.revocations.revoke(revokeTokens);
    const stays = there.credentials.watch(holderOf(await there.credentials.ofToken(fresh)));
    await clock.advance(POLL);
    expect(key.signal.reason).toMatchObject({ code: 'key_revoked' });
    expect(token.signal.reason).toMatchObject({ code: 'token_revoked' });
    expect(stays.signal.aborted).toBe(false);
  });

  it('an ended watch reports nothing, and the anonymous sender has no credential that could expire', async () => {
    const { credentials, revocations } = await node({ keyFor: DAY });
    const watch = credentials.watch(holderOf(credentials.ofKey('anna')));
    const anonymous = credentials.watch({ id: 'anonymous', role: 'admin' });
    watch.end();
    await revocations.revoke(revokeKey);
    await clock.advance(2 * DAY);
    expect([watch.signal.aborted, anonymous.signal.aborted]).toEqual([false, false]);
  });

  it('a failed revocation has no effect; one from another node holds once the database answers again', async () => {
    const { credentials, revocations } = await node();
    store.failure = new Error('The database is away.');
    await clock.advance(3 * POLL);
    expect(holderOf(credentials.ofKey('anna')).id).toBe('anna');
    await expect(revocations.revoke(revokeKey)).rejects.toBe(store.failure);
    expect(holderOf(credentials.ofKey('anna')).id).toBe('anna');
    store.failure = null;
    await store.revoke({ ...revokeKey, revokedAt: clock.now() });
    await clock.advance(POLL);
    expect(codeOf(credentials.ofKey('anna'))).toMatchObject({ code: 'key_revoked' });
  });
});

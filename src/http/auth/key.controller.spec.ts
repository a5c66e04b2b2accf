import { createHash } from 'node:crypto';
import { StoreUnavailableError } from '../../durable/store.js';
import { HttpRig } from '../../../test/support/http-rig.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const fingerprintOf = (key: string) => sha256(key).slice(0, 16);
const EXPIRED_AT = Date.UTC(2026, 0, 1);
const ACCESS_KEYS = [
  { id: 'shop', role: 'client', sha256: sha256('shop') },
  { id: 'anna', role: 'operator', sha256: sha256('anna') },
  { id: 'anna', role: 'operator', sha256: sha256('anna-2').toUpperCase() },
  { id: 'root', role: 'admin', sha256: sha256('root') },
  { id: 'old-root', role: 'admin', sha256: sha256('old-root'), expiresAt: EXPIRED_AT },
  { id: 'eve', role: 'admin', sha256: sha256('eve') },
] as const;

describe('the keys of the service', () => {
  let rig: HttpRig;
  beforeEach(async () => (rig = await HttpRig.start({ http: { accessKeys: ACCESS_KEYS, production: true } })));
  afterEach(() => rig.close());

  const as = (key: string) => ({ 'x-functions-key': key });
  const revoke = (key: string, by = 'root') =>
    rig.request
      .post(`/keys/${fingerprintOf(key)}/revoke`)
      .set(as(by))
      .send({ reason: 'left in a chat' });
  const list = async (): Promise<readonly Record<string, unknown>[]> =>
    ((await rig.request.get('/keys').set(as('root')).expect(200)).body as { items: Record<string, unknown>[] }).items;

  it('are listed for admins by fingerprint, holder, role and state, without their hashes', async () => {
    expect(await list()).toEqual(
      ACCESS_KEYS.map(({ id, role, sha256: hash, ...more }) => ({
        fingerprint: hash.toLowerCase().slice(0, 16),
        id,
        role,
        state: 'expiresAt' in more ? 'expired' : 'in_force',
        expiresAt: 'expiresAt' in more ? new Date(EXPIRED_AT).toISOString() : null,
        revokedAt: null,
        revokedBy: null,
        reason: null,
      })),
    );
    for (const key of ['shop', 'anna']) {
      await rig.request.get('/keys').set(as(key)).expect(403);
      await revoke('shop', key).expect(403);
    }
    expect(rig.revocations.made.size).toBe(0);
  });

  it('are revoked one by one: another key of the same holder stays, and the answer says who revoked it and why', async () => {
    const answer = await revoke('anna').expect(200);
    expect(answer.body).toMatchObject({ id: 'anna', state: 'revoked', revokedBy: 'root', reason: 'left in a chat' });
    const refused = await rig.request.get('/orders').set(as('anna')).expect(401);
    expect(refused.body).toMatchObject({ code: 'key_revoked' });
    expect(refused.headers['www-authenticate']).toContain('error="invalid_token"');
    await rig.request.get('/orders').set(as('anna-2')).expect(200);
    expect((await list()).map(({ state }) => state)).toEqual([
      'in_force',
      'revoked',
      'in_force',
      'in_force',
      'expired',
      'in_force',
    ]);
  });

  it('are revoked with an entry in the audit log each time, and a second revocation changes nothing', async () => {
    const first = (await revoke('shop').expect(200)).body as unknown;
    expect((await revoke('shop', 'eve').expect(200)).body).toEqual(first);
    expect(rig.audit.entries.map(({ action, by, subject, reason }) => [action, by, subject, reason])).toEqual([
      ['key.revoked', 'root', fingerprintOf('shop'), 'left in a chat'],
      ['key.revoked', 'eve', fingerprintOf('shop'), 'left in a chat'],
    ]);
  });

  it('always include a valid admin key: the last one cannot be revoked', async () => {
    await revoke('eve').expect(200);
    const refused = await revoke('root').expect(409);
    expect(refused.body).toMatchObject({ code: 'key_last_admin' });
    await rig.request.get('/keys').set(as('root')).expect(200);
    await revoke('old-root').expect(200);
  });

  it.each(['0000000000000000', 'nonsense', `${fingerprintOf('shop')}0`, sha256('shop')])(
    'are not revoked by the unknown fingerprint %s, which gets 404',
    async (fingerprint) => {
      const answer = await rig.request.post(`/keys/${fingerprint}/revoke`).set(as('root')).expect(404);
      expect(answer.body).toMatchObject({ code: 'key_not_found' });
    },
  );

  it('stay valid when the database cannot store their revocation, which gets 503', async () => {
    rig.revocations.failure = new StoreUnavailableError('The disk is full.');
    await revoke('anna').expect(503);
    await rig.request.get('/orders').set(as('anna')).expect(200);
  });
});

import { createHash } from 'node:crypto';
import { StoreUnavailableError } from '../durable/store.js';
import { CART, HttpRig } from '../../test/support/http-rig.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const accessKeys = (['client', 'operator', 'admin'] as const).map((role) => ({
  id: `${role}-1`,
  role,
  sha256: sha256(role),
}));
const UNKNOWN = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

describe('The audit log', () => {
  let rig: HttpRig;
  beforeEach(async () => (rig = await HttpRig.start({ http: { accessKeys, orderTokenSecrets: ['s'.repeat(32)] } })));
  afterEach(() => rig.close());

  const as = (role: string) => ({ 'x-functions-key': role });
  const actions = () => rig.audit.entries.map(({ action, by, subject }) => [action, by, subject]);

  it('has what staff read, command and purge, with who, when, about what and why', async () => {
    await rig.request.get(`/order/${UNKNOWN}`).set(as('operator')).expect(404);
    await rig.request.get(`/order/${UNKNOWN}/history?limit=1`).set(as('operator')).expect(404);
    await rig.request
      .post(`/order/${UNKNOWN}/terminate`)
      .set(as('operator'))
      .send({ reason: 'a duplicate' })
      .expect(404);
    await rig.request
      .delete(`/order/${UNKNOWN}`)
      .set({ ...as('admin'), 'x-request-id': 'req-7' })
      .expect(404);
    expect(actions()).toEqual([
      ['order.read', 'operator-1', UNKNOWN],
      ['order.history_read', 'operator-1', UNKNOWN],
      ['order.terminated', 'operator-1', UNKNOWN],
      ['order.purged', 'admin-1', UNKNOWN],
    ]);
    expect(rig.audit.entries[1]?.request).toBe(`GET /order/${UNKNOWN}/history`);
    expect(rig.audit.entries[2]).toMatchObject({ role: 'operator', reason: 'a duplicate' });
    expect(rig.audit.entries[3]).toMatchObject({ role: 'admin', requestId: 'req-7' });
  });

  it('has nothing of shops and customers, whose orders have histories, and nothing that was refused before', async () => {
    await rig.request.get(`/order/${UNKNOWN}`).set(as('client')).expect(404);
    await rig.request.delete(`/order/${UNKNOWN}`).set(as('operator')).expect(403);
    await rig.request.delete(`/order/${UNKNOWN}`).expect(401);
    expect(actions()).toEqual([]);
  });

  it('is written first: what it cannot have is not done', async () => {
    const placed = await rig.request.post(`/order/start/${CART}`).set(as('client')).expect(202);
    const { id } = placed.body as { id: string }; // the route's contract
    rig.audit.failure = new StoreUnavailableError('The disk is full.');
    await rig.request.post(`/order/${id}/terminate`).set(as('operator')).send({}).expect(503);
    expect((await rig.store.loadActor(id))?.runtimeStatus).toBe('running');
    rig.audit.failure = new StoreUnavailableError('The disk is full.');
    await rig.request.get(`/order/${id}`).set(as('operator')).expect(503);
  });

  it('is read by admins alone, newest first, in pages, by who, what and about what; to read it is in it', async () => {
    for (let n = 0; n < 5; n++) await rig.request.get(`/order/${UNKNOWN}`).set(as('operator'));
    for (const role of ['client', 'operator']) await rig.request.get('/audit').set(as(role)).expect(403);
    const pages: string[][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = await rig.request.get(`/audit?limit=2&action=order.read${query}`).set(as('admin')).expect(200);
      const page = answer.body as { items: { id: string; by: string; action: string }[]; next: string | null }; // the route's contract
      expect(page.items.every(({ by, action }) => by === 'operator-1' && action === 'order.read')).toBe(true);
      pages.push(page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect([...pages.flat()].sort().reverse()).toEqual(pages.flat());
    const own = await rig.request.get('/audit?by=admin-1&limit=1').set(as('admin')).expect(200);
    expect(own.body).toMatchObject({ items: [{ action: 'audit.read' }] });
    for (const query of ['cursor=x', 'action=A B', 'limit=0', 'limit=201', 'nothing=1']) {
      await rig.request.get(`/audit?${query}`).set(as('admin')).expect(400);
    }
  });
});

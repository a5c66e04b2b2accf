import type { AuditEntry, AuditLog } from '../../src/audit/audit-log.port.js';

const entry = (n: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  auditId: `${String(n).padStart(15, '0')}-6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001`,
  at: n,
  by: 'anna',
  role: 'operator',
  action: 'order.read',
  request: 'GET /order/1',
  subject: 'order-1',
  reason: null,
  requestId: 'req-1',
  ...more,
});

/** @param change runs a statement that would change the table. */
export function describeAuditLog(
  open: () => Promise<{ log: AuditLog; change: ((sql: string) => Promise<unknown>) | null }>,
) {
  describe('the audit log', () => {
    it('gives back what was written, newest first, in pages', async () => {
      const { log } = await open();
      const entries = [entry(1), entry(2, { reason: 'asked', subject: null, requestId: null }), entry(3)];
      for (const each of entries) await log.append(each);
      expect(await log.list({ limit: 10 })).toEqual([...entries].reverse());
      expect(await log.list({ limit: 2 })).toEqual([entries[2], entries[1]]);
      expect(await log.list({ limit: 2, before: entries[1]!.auditId })).toEqual([entries[0]]);
    });

    it('finds entries by who, what and about what, all that is given', async () => {
      const { log } = await open();
      await log.append(entry(1));
      await log.append(entry(2, { by: 'bob' }));
      await log.append(entry(3, { by: 'bob', action: 'order.purged', subject: 'order-2' }));
      const ids = async (filter: object) => (await log.list({ ...filter, limit: 10 })).map(({ at }) => at);
      expect(await ids({ by: 'bob' })).toEqual([3, 2]);
      expect(await ids({ action: 'order.purged' })).toEqual([3]);
      expect(await ids({ by: 'bob', subject: 'order-1' })).toEqual([2]);
      expect(await ids({ by: "' OR 1=1" })).toEqual([]);
    });

    it.each(["UPDATE audit SET by_whom = 'nobody'", 'DELETE FROM audit'])('refuses to be changed: %s', async (sql) => {
      const { log, change } = await open();
      await log.append(entry(1));
      if (change !== null) await expect(change(sql)).rejects.toThrow('append-only');
      expect(await log.list({ limit: 10 })).toEqual([entry(1)]);
    });
  });
}

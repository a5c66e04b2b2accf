/** The partners' ledger, after each effect, and once a world is over against what the orders say of themselves. */
import type { ActorRecord } from '../../src/durable/index.js';
import type { Auditor } from './auditor.js';
import type { OrderLedger, FakePartners } from './fake-partners.js';
import type { ServiceClient } from './service-client.js';
import type { SimulatedDatabase } from './simulated-database.js';

export function auditTheEnd(
  auditor: Auditor,
  database: SimulatedDatabase,
  ledger: FakePartners,
  client: ServiceClient,
): void {
  for (const orderId of client.acknowledgedStarts) client.expectStored(orderId, null);
  for (const [orderId, key] of client.acknowledgedEvents) client.expectStored(orderId, key);
  for (const order of ledger.orders.values()) {
    const actor = database.actors.get(order.orderId);
    if (actor === undefined) continue;
    if (actor.runtimeStatus === 'terminated' && client.terminations.has(order.orderId)) {
      // It ended where it stood: money and goods may be left as they were (docs/GUARANTEES.md, G13).
      if (database.tasks.countOf(order.orderId) > 0)
        auditor.fail('no task of an ended order', order.orderId, 'some left');
      continue;
    }
    if (actor.runtimeStatus !== 'completed') {
      auditor.fail(
        'every order ends',
        order.orderId,
        `it is ${actor.runtimeStatus} in ${actor.status}: ${actor.waitingFor}`,
      );
      continue;
    }
    auditSettlement(auditor, order, actor);
  }
}

/** What may never happen, whatever comes later: counted over all keys, after each effect. */
export function auditEffects(auditor: Auditor, order: OrderLedger): void {
  const { orderId, payments, charges, refunds, shipments, reservations, corrections, wrongs } = order;
  if (payments > 1 || charges > 1) {
    auditor.fail('one charge for an order', orderId, `${payments} payments asked for, ${charges} charges`);
  }
  if (reservations > 1 + corrections)
    auditor.fail('one reservation for an order', orderId, `${reservations} were made`);
  if (refunds > 1 || shipments > 1 || (refunds > 0 && shipments > 0)) {
    auditor.fail('captured is shipped or refunded', orderId, `${shipments} shipments and ${refunds} refunds`);
  }
  for (const wrong of wrongs) auditor.fail('captured is shipped or refunded', orderId, wrong);
}

export function auditSettlement(auditor: Auditor, order: OrderLedger, actor: ActorRecord): void {
  const { orderId, payment, shipments, reservation } = order;
  const isShipped = shipments > 0;
  if (payment?.status === 'pending') auditor.fail('nothing is left to be paid', orderId, 'the payment is still open');
  if ((payment?.status === 'captured') !== isShipped || (actor.outcome === 'fulfilled') !== isShipped) {
    const status = payment?.status ?? 'never asked for';
    auditor.fail(
      'captured is shipped or refunded',
      orderId,
      `the payment is ${status}, ${shipments} shipments, the order ended as ${actor.outcome ?? 'nothing'}`,
    );
  }
  // Also what an order never heard of: it asks again before it ends.
  const isSettled = isShipped ? reservation === 'consumed' : ['none', 'released', 'expired'].includes(reservation);
  if (!isSettled) {
    auditor.fail('goods are consumed or released', orderId, `the goods are ${reservation}, ${shipments} shipments`);
  }
}

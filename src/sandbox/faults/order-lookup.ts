import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { PaymentRow } from '../payments/payment.entity.js';
import { SandboxStore } from '../store/sandbox-store.js';
import { ReservationRow } from '../warehouse/reservation.entity.js';

/** Finds the orders of a call: from its body, from the reservation or payment in its path, and from `x-correlation-id`. */
@Injectable()
export class OrderLookup {
  constructor(private readonly store: SandboxStore) {}

  async ordersOf(request: Request): Promise<string[]> {
    const orders = [orderInBody(request.body), request.headers['x-correlation-id']];
    const { reservationId, paymentId } = request.params;
    if (typeof reservationId === 'string') {
      orders.push((await this.store.read((m) => m.findOneBy(ReservationRow, { id: reservationId })))?.orderId);
    }
    if (typeof paymentId === 'string') {
      orders.push((await this.store.read((m) => m.findOneBy(PaymentRow, { id: paymentId })))?.orderId);
    }
    return orders.filter((order) => typeof order === 'string');
  }
}

function orderInBody(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('orderId' in body)) return undefined;
  return typeof body.orderId === 'string' ? body.orderId : undefined;
}

/**
 * Reserves, consumes and releases stock.
 *
 * No piece is lost: a piece that leaves `available` is in a held or consumed reservation. Release or expiry puts it back once.
 * Each method first expires the reservations that are due, so a deadline counts even before the next sweep.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import type {
  ProductDto,
  ReservationDto,
  ReservationRequestDto,
  ReservationStateDto,
} from '../../contracts/warehouse-contract.js';
import { ownEffect } from '../idempotency/idempotency.service.js';
import type { Effect } from '../idempotency/idempotency.service.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import type { Tx } from '../store/sandbox-store.js';
import { ProductRow } from './product.entity.js';
import { ReservationRow } from './reservation.entity.js';
import type { Reservation } from './reservation.entity.js';

@Injectable()
export class WarehouseService {
  constructor(private readonly ledger: LedgerService) {}

  /** Reserves the whole count of a product or none of it. `notReserved` lists scarce and unknown products. */
  async reserve(effect: Effect, request: ReservationRequestDto): Promise<ReservationDto> {
    await this.expireDue(effect);
    const wanted = new Map<string, number>();
    for (const { productId, count } of request.items) wanted.set(productId, (wanted.get(productId) ?? 0) + count);
    const products = await effect.manager.findBy(ProductRow, { id: In([...wanted.keys()]) });
    const reserved: ReservationDto['reserved'] = [];
    const notReserved: ReservationDto['notReserved'] = [];
    for (const [productId, count] of wanted) {
      const product = products.find(({ id }) => id === productId);
      if (product === undefined || product.available < count) {
        notReserved.push({ productId, count, available: product?.available ?? 0 });
        continue;
      }
      await effect.manager.decrement(ProductRow, { id: productId }, 'available', count);
      const unitPrice = { amount: product.unitPrice, currency: product.currency };
      reserved.push({ productId, count, name: product.name, unitPrice });
    }
    const row = {
      id: `res_${randomUUID()}`,
      orderId: request.orderId,
      state: 'held' as const,
      reserved,
      notReserved,
      expiresAt: effect.now + request.holdMs,
    };
    await effect.manager.insert(ReservationRow, row);
    await this.note(effect, row, 'reserved');
    return { reservationId: row.id, reserved, notReserved, expiresAt: new Date(row.expiresAt).toISOString() };
  }

  /** Uses up the reserved goods. Refusals: 404 `reservation_unknown`, 409 `reservation_expired`, 409 `reservation_released`. */
  async consume(effect: Effect, reservationId: string): Promise<ReservationStateDto> {
    const row = await this.find(effect, reservationId);
    if (row.state === 'expired' || row.state === 'released') {
      throw new PartnerRefusal(409, `reservation_${row.state}`, `Reservation ${row.id} is ${row.state}.`);
    }
    if (row.state === 'held') await this.settle(effect, row, 'consumed');
    return { reservationId, state: 'consumed' };
  }

  /** Puts the goods back, also those of a consumed reservation (a return). Refusal: 404 `reservation_unknown`. */
  async release(effect: Effect, reservationId: string): Promise<ReservationStateDto> {
    const row = await this.find(effect, reservationId);
    if (row.state === 'expired' || row.state === 'released') return { reservationId, state: row.state };
    await this.putBack(effect, row);
    await this.settle(effect, row, 'released');
    return { reservationId, state: 'released' };
  }

  /** Returns the reservation and its state. Refusal: 404 `reservation_unknown`. */
  async get(tx: Tx, reservationId: string): Promise<ReservationDto & ReservationStateDto & { orderId: string }> {
    const { orderId, state, reserved, notReserved, expiresAt } = await this.find(tx, reservationId);
    return { reservationId, orderId, state, reserved, notReserved, expiresAt: new Date(expiresAt).toISOString() };
  }

  async products(tx: Tx): Promise<ProductDto[]> {
    await this.expireDue(tx);
    const rows = await tx.manager.find(ProductRow, { order: { id: 'ASC' } });
    return rows.map(({ id, name, unitPrice, currency, available }) => ({
      productId: id,
      name,
      unitPrice: { amount: unitPrice, currency },
      available,
    }));
  }

  /** Expires every held reservation whose deadline is `tx.now` or earlier, and puts its goods back. */
  async expireDue(tx: Tx): Promise<void> {
    const due = await tx.manager.findBy(ReservationRow, { state: 'held', expiresAt: LessThanOrEqual(tx.now) });
    for (const row of due) {
      await this.putBack(tx, row);
      await this.settle(ownEffect(tx), row, 'expired');
    }
  }

  private async find(tx: Tx, reservationId: string): Promise<Reservation> {
    await this.expireDue(tx);
    const row = await tx.manager.findOneBy(ReservationRow, { id: reservationId });
    if (row !== null) return row;
    throw new PartnerRefusal(404, 'reservation_unknown', `There is no reservation ${reservationId}.`);
  }

  private async settle(effect: Effect, row: Reservation, state: 'consumed' | 'released' | 'expired'): Promise<void> {
    await effect.manager.update(ReservationRow, { id: row.id }, { state });
    await this.note(effect, row, state);
  }

  private async putBack(tx: Tx, row: Reservation): Promise<void> {
    for (const { productId, count } of row.reserved) {
      await tx.manager.increment(ProductRow, { id: productId }, 'available', count);
    }
  }

  private note(effect: Effect, row: Reservation, kind: 'reserved' | 'consumed' | 'released' | 'expired') {
    const pieces = row.reserved.reduce((sum, { count }) => sum + count, 0);
    return this.ledger.record(effect, {
      ledger: 'warehouse',
      orderId: row.orderId,
      kind,
      reference: row.id,
      what: pieces,
    });
  }
}

import { Injectable } from '@nestjs/common';
import {
  reservationRequestSchema,
  reservationSchema,
  reservationStateSchema,
  type ReservationStateDto,
} from '../contracts/warehouse-contract.js';
import type { CartLine, Reservation } from '../orders/machine/order/order-model.js';
import type { PartnerCall } from '../orders/ports/partner-call.js';
import { PartnerError } from '../orders/ports/partner-error.js';
import { WarehouseClient } from '../orders/ports/partner-ports.js';
import { PartnerHttp } from './transport/partner-http.js';
import { validateReservation } from './validate-reservation.js';

/** The shortest hold of the contract. */
const MIN_HOLD_MS = 1_000;

@Injectable()
export class HttpWarehouseClient extends WarehouseClient {
  constructor(private readonly http: PartnerHttp) {
    super();
  }

  override reserve(items: readonly CartLine[], holdMs: number, call: PartnerCall): Promise<Reservation> {
    return this.http.send(
      {
        partner: 'warehouse',
        method: 'POST',
        path: ['warehouse', 'reservations'],
        body: {
          schema: reservationRequestSchema,
          content: () => ({ orderId: call.orderId, items, holdMs: Math.max(Math.ceil(holdMs), MIN_HOLD_MS) }),
        },
        answer: reservationSchema,
        validate: (reservation) => validateReservation(items, reservation),
      },
      call,
    );
  }

  override async consume(reservationId: string, call: PartnerCall): Promise<void> {
    const { state } = await this.change(reservationId, 'consume', call);
    if (state === 'released' || state === 'expired') {
      throw new PartnerError('warehouse', 'reservation_gone', `warehouse: the reservation is ${state}`, false, 200);
    }
    if (state === 'held') throw unchanged('consume');
  }

  override async release(reservationId: string, call: PartnerCall): Promise<void> {
    try {
      const { state } = await this.change(reservationId, 'release', call);
      if (state === 'held' || state === 'consumed') throw unchanged('release');
    } catch (error) {
      // The partner has no such reservation, so nothing is left to release.
      if (error instanceof PartnerError && (error.status === 404 || error.status === 410)) return;
      throw error;
    }
  }

  private change(reservationId: string, verb: 'consume' | 'release', call: PartnerCall): Promise<ReservationStateDto> {
    return this.http.send(
      {
        partner: 'warehouse',
        method: 'POST',
        path: ['warehouse', 'reservations', reservationId, verb],
        answer: reservationStateSchema,
        validate: (answer) => (answer.reservationId === reservationId ? null : 'it is about another reservation'),
        refusals: { 404: 'reservation_gone', 409: 'reservation_gone', 410: 'reservation_gone' },
      },
      call,
    );
  }
}

function unchanged(verb: string): PartnerError {
  const message = `warehouse answered a ${verb} with a state that does not follow from it`;
  return new PartnerError('warehouse', 'partner_answer_invalid', message, true, 200);
}

import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { shipmentRequestSchema } from '../../contracts/fulfilment-contract.js';
import type { ShipmentDto, ShipmentRequestDto } from '../../contracts/fulfilment-contract.js';
import { Operation } from '../faults/operation.decorator.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import type { KeyedCall } from '../idempotency/idempotency-key.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import type { Effect } from '../idempotency/idempotency.service.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { ledgerQuerySchema } from '../ledger/ledger-query.js';
import type { LedgerQuery } from '../ledger/ledger-query.js';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import { ZodPipe } from '../protocol/zod.pipe.js';
import { zoneOf } from '../shipping/shipping-tariff.js';
import { ShipmentRow } from './shipment.entity.js';

@Controller('fulfilment')
export class FulfilmentController {
  constructor(
    private readonly effects: IdempotencyService,
    private readonly ledgers: LedgerService,
  ) {}

  /** Ships a reservation once, even under another idempotency key. Refusals: 422 `destination_not_served`, 409 `already_shipped`. */
  @Post('shipments')
  @HttpCode(201)
  @Operation('fulfilment.ship')
  ship(
    @Body(new ZodPipe(shipmentRequestSchema)) request: ShipmentRequestDto,
    @IdempotencyKey() call: KeyedCall,
  ): Promise<ShipmentDto> {
    return this.effects.once(call, 201, (effect) => this.send(effect, request));
  }

  @Get('ledger')
  ledger(@Query(new ZodPipe(ledgerQuerySchema)) { orderId }: LedgerQuery) {
    return this.ledgers.entries('fulfilment', orderId);
  }

  private async send(effect: Effect, request: ShipmentRequestDto): Promise<ShipmentDto> {
    if (zoneOf(request.address.country) === undefined) {
      throw new PartnerRefusal(422, 'destination_not_served', `No carrier goes to ${request.address.country}.`);
    }
    if (await effect.manager.existsBy(ShipmentRow, { reservationId: request.reservationId })) {
      throw new PartnerRefusal(409, 'already_shipped', `The goods of ${request.reservationId} are on their way.`);
    }
    const shipmentId = `shp_${randomUUID()}`;
    const trackingNumber = `TRK${randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase()}`;
    await effect.manager.insert(ShipmentRow, { id: shipmentId, trackingNumber, ...request });
    const what = request.items.reduce((sum, { count }) => sum + count, 0);
    const { orderId } = request;
    await this.ledgers.record(effect, { ledger: 'fulfilment', orderId, kind: 'shipped', reference: shipmentId, what });
    return { shipmentId, trackingNumber };
  }
}

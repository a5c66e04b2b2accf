import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { reservationRequestSchema } from '../../contracts/warehouse-contract.js';
import type { ReservationDto, ReservationRequestDto, ReservationStateDto } from '../../contracts/warehouse-contract.js';
import { Operation } from '../faults/operation.decorator.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import type { KeyedCall } from '../idempotency/idempotency-key.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { ledgerQuerySchema } from '../ledger/ledger-query.js';
import type { LedgerQuery } from '../ledger/ledger-query.js';
import { ZodPipe } from '../protocol/zod.pipe.js';
import { SandboxStore } from '../store/sandbox-store.js';
import { WarehouseService } from './warehouse.service.js';

@Controller('warehouse')
export class WarehouseController {
  constructor(
    private readonly stock: WarehouseService,
    private readonly store: SandboxStore,
    private readonly effects: IdempotencyService,
    private readonly ledgers: LedgerService,
  ) {}

  @Get('products')
  @Operation('warehouse.products')
  products() {
    return this.store.write((tx) => this.stock.products(tx));
  }

  @Post('reservations')
  @HttpCode(201)
  @Operation('warehouse.reserve')
  reserve(
    @Body(new ZodPipe(reservationRequestSchema)) request: ReservationRequestDto,
    @IdempotencyKey() call: KeyedCall,
  ): Promise<ReservationDto> {
    return this.effects.once(call, 201, (effect) => this.stock.reserve(effect, request));
  }

  @Get('reservations/:reservationId')
  @Operation('warehouse.get')
  get(@Param('reservationId') reservationId: string) {
    return this.store.write((tx) => this.stock.get(tx, reservationId));
  }

  @Post('reservations/:reservationId/consume')
  @HttpCode(200)
  @Operation('warehouse.consume')
  consume(
    @Param('reservationId') reservationId: string,
    @IdempotencyKey() call: KeyedCall,
  ): Promise<ReservationStateDto> {
    return this.effects.once(call, 200, (effect) => this.stock.consume(effect, reservationId));
  }

  @Post('reservations/:reservationId/release')
  @HttpCode(200)
  @Operation('warehouse.release')
  release(
    @Param('reservationId') reservationId: string,
    @IdempotencyKey() call: KeyedCall,
  ): Promise<ReservationStateDto> {
    return this.effects.once(call, 200, (effect) => this.stock.release(effect, reservationId));
  }

  @Get('ledger')
  async ledger(@Query(new ZodPipe(ledgerQuerySchema)) { orderId }: LedgerQuery) {
    await this.store.write((tx) => this.stock.expireDue(tx));
    return this.ledgers.entries('warehouse', orderId);
  }
}

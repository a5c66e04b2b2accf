import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { paymentRequestSchema, refundRequestSchema } from '../../contracts/payments-contract.js';
import type { PaymentDto, PaymentRequestDto, RefundDto, RefundRequestDto } from '../../contracts/payments-contract.js';
import { CallbackOutbox } from '../callbacks/callback-outbox.js';
import { CallbackSender } from '../callbacks/callback-sender.js';
import { Operation } from '../faults/operation.decorator.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import type { KeyedCall } from '../idempotency/idempotency-key.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { ledgerQuerySchema } from '../ledger/ledger-query.js';
import type { LedgerQuery } from '../ledger/ledger-query.js';
import { ZodPipe } from '../protocol/zod.pipe.js';
import { SandboxStore } from '../store/sandbox-store.js';
import { CheckoutAddress } from './checkout-address.js';
import { PaymentsService } from './payments.service.js';
import { PaymentSettings, paymentSettingSchema } from './payment-settings.js';
import type { PaymentSetting } from './payment-settings.js';

@Controller('payments')
export class PaymentController {
  constructor(
    private readonly payments: PaymentsService,
    private readonly settings: PaymentSettings,
    private readonly store: SandboxStore,
    private readonly effects: IdempotencyService,
    private readonly outbox: CallbackOutbox,
    private readonly sender: CallbackSender,
    private readonly address: CheckoutAddress,
    private readonly ledgers: LedgerService,
  ) {}

  @Post()
  @HttpCode(202)
  @Operation('payments.start')
  async start(
    @Body(new ZodPipe(paymentRequestSchema)) body: PaymentRequestDto,
    @IdempotencyKey() call: KeyedCall,
    @Req() request: Request,
  ): Promise<PaymentDto> {
    const answer = await this.effects.once(call, 202, async (effect) =>
      this.address.paymentFor(request, await this.payments.start(effect, body)),
    );
    this.sender.wake();
    return answer;
  }

  @Get('ledger')
  ledger(@Query(new ZodPipe(ledgerQuerySchema)) { orderId }: LedgerQuery) {
    return this.ledgers.entries('payments', orderId);
  }

  @Get('callbacks')
  callbacks(@Query(new ZodPipe(ledgerQuerySchema)) { orderId }: LedgerQuery) {
    return this.outbox.list(orderId);
  }

  @Post('callbacks/:webhookId/resend')
  @HttpCode(202)
  async resend(@Param('webhookId') webhookId: string, @IdempotencyKey() call: KeyedCall) {
    const answer = await this.effects.once(call, 202, (effect) => this.outbox.resend(effect, webhookId));
    this.sender.wake();
    return answer;
  }

  @Get('settings')
  async getSettings() {
    return { autoPay: await this.store.read((manager) => this.settings.autoPay({ manager })) };
  }

  @Put('settings')
  putSettings(@Body(new ZodPipe(paymentSettingSchema)) setting: PaymentSetting) {
    return this.store.write(async (tx) => {
      await this.settings.put(tx, setting);
      return { autoPay: await this.settings.autoPay(tx, setting.orderId) };
    });
  }

  @Get(':paymentId')
  @Operation('payments.get')
  async get(@Param('paymentId') paymentId: string, @Req() request: Request): Promise<PaymentDto> {
    const row = await this.store.read((manager) => this.payments.get({ manager }, paymentId));
    return this.address.paymentFor(request, row);
  }

  @Post(':paymentId/void')
  @HttpCode(200)
  @Operation('payments.void')
  void(
    @Param('paymentId') paymentId: string,
    @IdempotencyKey() call: KeyedCall,
    @Req() request: Request,
  ): Promise<PaymentDto> {
    return this.effects.once(call, 200, async (effect) =>
      this.address.paymentFor(request, await this.payments.void(effect, paymentId)),
    );
  }

  @Post(':paymentId/refunds')
  @HttpCode(201)
  @Operation('payments.refund')
  refund(
    @Param('paymentId') paymentId: string,
    @Body(new ZodPipe(refundRequestSchema)) body: RefundRequestDto,
    @IdempotencyKey() call: KeyedCall,
  ): Promise<RefundDto> {
    return this.effects.once(call, 201, (effect) => this.payments.refund(effect, paymentId, body));
  }
}

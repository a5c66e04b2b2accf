import { Body, Controller, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { checkoutDecisionSchema } from '../../contracts/payments-contract.js';
import type { CheckoutDecisionDto, PaymentDto } from '../../contracts/payments-contract.js';
import { CallbackSender } from '../callbacks/callback-sender.js';
import { Operation } from '../faults/operation.decorator.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import type { KeyedCall } from '../idempotency/idempotency-key.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { Open } from '../protocol/open.decorator.js';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import { ZodPipe } from '../protocol/zod.pipe.js';
import { SandboxStore } from '../store/sandbox-store.js';
import { CheckoutAddress } from './checkout-address.js';
import { CHECKOUT_POLICY, checkoutPage } from './checkout-page.js';
import { PaymentsService } from './payments.service.js';

/** Serves the customer's browser, which has no API key. A JSON request gets JSON; a form gets the page. */
@Open()
@Controller('payments/:paymentId/checkout')
export class CheckoutController {
  constructor(
    private readonly payments: PaymentsService,
    private readonly store: SandboxStore,
    private readonly effects: IdempotencyService,
    private readonly sender: CallbackSender,
    private readonly address: CheckoutAddress,
  ) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', CHECKOUT_POLICY)
  @Header('Cache-Control', 'no-store')
  async page(@Param('paymentId') paymentId: string): Promise<string> {
    return checkoutPage(await this.store.read((manager) => this.payments.get({ manager }, paymentId)));
  }

  @Post()
  @Operation('payments.checkout')
  async decide(
    @Param('paymentId') paymentId: string,
    @Body(new ZodPipe(checkoutDecisionSchema)) { decision, settlesLate }: CheckoutDecisionDto,
    @IdempotencyKey() call: KeyedCall,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PaymentDto | string> {
    const isForm = request.is('urlencoded') !== false;
    response.status(200);
    try {
      const answer = await this.effects.once(call, 200, async (effect) =>
        this.address.paymentFor(request, await this.payments.decide(effect, paymentId, decision, settlesLate)),
      );
      this.sender.wake();
      if (!isForm) return answer;
    } catch (error) {
      if (!isForm || !(error instanceof PartnerRefusal) || error.status !== 409) throw error;
      response.status(409);
    }
    response.type('html').set({ 'Content-Security-Policy': CHECKOUT_POLICY, 'Cache-Control': 'no-store' });
    return this.page(paymentId);
  }
}

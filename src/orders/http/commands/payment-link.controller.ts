import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OrderService } from '../../order.service.js';
import { HTTP_OPTIONS, type HttpOptions } from '../../../http/http-options.js';
import { Roles } from '../../../http/auth/roles.decorator.js';
import { methodNotAllowed } from '../../../http/problem/request-error.js';
import { eventKeyOf } from '../../../idempotency/idempotency-key.decorator.js';
import { OrderIdPipe } from '../../../http/params/order-id.pipe.js';

/** The first version's whole answer. */
const THANKS = 'Thank you!';

/**
 * The first version of this service took a GET for a payment's decision. Whoever follows a link, a mail scanner included,
 * would pay an order like that, so it is refused; PAYMENT_CALLBACK_GET=compat serves it, without a key, but never in
 * production.
 */
@ApiExcludeController()
@Roles('anyone')
@Controller('order/:id')
export class PaymentLinkController {
  private readonly serves: boolean;

  constructor(
    private readonly orders: OrderService,
    @Inject(HTTP_OPTIONS) { paymentCallbackGet = 'refuse', production }: HttpOptions,
  ) {
    this.serves = paymentCallbackGet === 'compat' && !production;
  }

  /** @throws RequestError save in compatibility mode. */
  @Get('payment-accepted')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  async accepted(@Param('id') given: string): Promise<string> {
    const id = this.orderOf(given);
    await this.orders.acceptPayment(id, {}, eventKeyOf('payment.accepted', 'link'));
    return THANKS;
  }

  /** @throws RequestError save in compatibility mode. */
  @Get('payment-rejected')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  async rejected(@Param('id') given: string): Promise<string> {
    const id = this.orderOf(given);
    await this.orders.rejectPayment(id, {}, eventKeyOf('payment.rejected', 'link'));
    return THANKS;
  }

  /** The method is refused before the id is looked at, so that the answer tells nothing of it. */
  private orderOf(given: string): string {
    if (!this.serves) throw methodNotAllowed(['POST']);
    return new OrderIdPipe().transform(given);
  }
}

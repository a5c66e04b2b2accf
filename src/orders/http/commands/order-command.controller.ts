import { Audited } from '../../../http/auth/audited.decorator.js';
import { Audit, type RequestAudit } from './audit.decorator.js';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { OrderService, type CommandReceipt } from '../../order.service.js';
import { strictValidation } from '../../../http/validation/body-validation.js';
import { ApiBodyProblems, ApiProblem } from '../../../http/openapi/api-problem.decorator.js';
import { Caller } from '../../../http/auth/caller.decorator.js';
import { Roles } from '../../../http/auth/roles.decorator.js';
import { ApiOrderId } from '../../../http/params/api-order-id.decorator.js';
import { decisionOf, EVENT_NAMES, readEventName, sendEvent } from './event-dispatch.js';
import { ApiIdempotencyKey, eventKeyOf, IdempotencyKey } from '../../../idempotency/idempotency-key.decorator.js';
import { ApiIfMatch, IfMatch } from '../../../http/conditional/if-match.decorator.js';
import { OrderIdPipe } from '../../../http/params/order-id.pipe.js';
import { PaymentDecisionBody } from './order-requests.dto.js';
import { ReasonBody } from '../../../http/params/reason.dto.js';
import { CommandReceiptDto } from '../queries/order-responses.dto.js';

/** What an order may be told. Stored when it is answered; the order acts on it at once, or when it can. */
@ApiTags('commands')
@ApiAcceptedResponse({ type: CommandReceiptDto, description: 'Stored.' })
@ApiProblem(410, 'order_ended', 'The order has ended.')
@ApiOrderId()
@ApiBodyProblems()
@ApiIdempotencyKey()
@Controller('order/:id')
export class OrderCommandController {
  private readonly validation = strictValidation();

  constructor(private readonly orders: OrderService) {}

  @Post('payment-accepted')
  @Audited('payment.vouched')
  @Roles('operator')
  @HttpCode(202)
  @ApiOperation({
    summary: 'The payment was accepted',
    description:
      'An operator vouches for the payment; the provider itself reports by its signed webhook. The provider is asked first; what it has not captured counts as paid by hand, and goes back by hand if it must. A repeat has no further effect.',
  })
  @ApiBody({ type: PaymentDecisionBody, required: false })
  acceptPayment(
    @Param('id', OrderIdPipe) id: string,
    @Body() body: PaymentDecisionBody,
    @Caller() by: string,
    @IdempotencyKey() key?: string,
  ): Promise<CommandReceipt> {
    return this.orders.acceptPayment(id, { ...decisionOf(body), by }, eventKeyOf('payment.accepted', key));
  }

  @Post('payment-rejected')
  @Audited('payment.called_off')
  @Roles('operator')
  @HttpCode(202)
  @ApiOperation({
    summary: 'The payment was rejected',
    description: 'A repeat has no further effect and gets the same response.',
  })
  @ApiBody({ type: PaymentDecisionBody, required: false })
  rejectPayment(
    @Param('id', OrderIdPipe) id: string,
    @Body() body: PaymentDecisionBody,
    @Caller() by: string,
    @IdempotencyKey() key?: string,
  ): Promise<CommandReceipt> {
    return this.orders.rejectPayment(id, { ...decisionOf(body), by }, eventKeyOf('payment.rejected', key));
  }

  @Post('cancel')
  @Audited('order.cancelled')
  @Roles('customer', 'client')
  @HttpCode(202)
  @ApiOperation({ summary: 'Cancel the order', description: 'Goods are released, a payment is voided or refunded.' })
  @ApiIfMatch()
  @ApiBody({ type: ReasonBody, required: false })
  @ApiProblem(409, 'not_now', 'The payment is decided already: the order ships, or is being wound up.')
  cancel(
    @Param('id', OrderIdPipe) id: string,
    @Body() { reason }: ReasonBody,
    @Audit('order.cancel') audit: RequestAudit,
  ): Promise<CommandReceipt> {
    return this.orders.cancel(id, { ...audit, reason: reason ?? undefined });
  }

  @Post('events/:name')
  @Audited('order.event_sent')
  @Roles('operator')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send an event',
    description: 'The same as the routes of these names. `If-Match` counts for `order.cancel` and `order.retry`.',
  })
  @ApiIfMatch()
  @ApiParam({ name: 'name', enum: EVENT_NAMES })
  @ApiBody({
    required: false,
    schema: { type: 'object', additionalProperties: true },
    examples: {
      'payment.accepted': { value: { paymentId: 'pay_01', amount: { amount: 16_680, currency: 'EUR' } } },
      'payment.rejected': { value: { paymentId: 'pay_01', reason: 'card_declined' } },
      'order.cancel': { value: { reason: 'The customer changed their mind.' } },
      'order.retry': { value: { reason: 'The warehouse is back.' } },
    },
  })
  @ApiProblem(409, 'not_now', 'The order cannot take this where it stands.')
  send(
    @Param('id', OrderIdPipe) id: string,
    @Param('name') given: string,
    @Body() body: unknown,
    @Caller() by: string,
    @IdempotencyKey() key?: string,
    @IfMatch() ifRevision?: readonly number[],
  ): Promise<CommandReceipt> {
    const name = readEventName(given);
    return sendEvent(this.orders, this.validation, { id, name, body, by, key: eventKeyOf(name, key), ifRevision });
  }
}

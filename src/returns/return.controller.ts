import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiOrderId, ApiProblem, ApiStarted, FeatureError, GivenReasonBody } from '../http/workflows/index.js';
import { IdempotencyKey, OrderIdPipe, Roles, Workflow, workflowOf } from '../http/workflows/index.js';
import { OrderQueries } from '../orders/order-queries.js';
import type { ReturnContext, returnMachine } from './return-machine.js';

@Controller('order/:id/returns')
export class ReturnController {
  constructor(
    @Inject(workflowOf('return')) private readonly returns: Workflow<typeof returnMachine, ReturnContext>,
    private readonly orders: OrderQueries,
  ) {}

  /** An order has one return: a second request is refused, a repeat under its key gets the first one's answer. */
  @Post()
  @Roles('client')
  @ApiOrderId()
  @ApiStarted('returns', 'Ask to return an order', 'A person decides within 14 days, else the request expires.')
  @ApiProblem(409, 'order_not_returnable', 'It was not fulfilled, or has a return already (`return_exists`).')
  async request(
    @Param('id', OrderIdPipe) orderId: string,
    @Body() body: GivenReasonBody,
    @IdempotencyKey() key?: string,
  ) {
    const { outcome, context } = await this.orders.stored(orderId);
    const { correlationId, settings, payment, reservation, captured, vouchedBy } = context;
    if (outcome !== 'fulfilled' || !payment || !reservation || !captured)
      throw new FeatureError('conflict', 'order_not_returnable', 'Only an order that was fulfilled can be returned.');
    const money = { paymentId: payment.paymentId, captured, ...(vouchedBy !== null && { vouchedBy }) };
    const things = { reservationId: reservation.reservationId, ...money };
    const asked = { reason: body.reason, requestKey: key ?? null };
    const input = { orderId, correlationId, settings, ...things, ...asked };
    const isRepeat = ({ request }: ReturnContext) => key !== undefined && request.requestKey === key;
    return this.returns.start(`return-${orderId}`, input, isRepeat);
  }
}

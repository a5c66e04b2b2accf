import { Audited } from '../../../http/auth/audited.decorator.js';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderService, type CommandReceipt } from '../../order.service.js';
import { ApiBodyProblems, ApiProblem } from '../../../http/openapi/api-problem.decorator.js';
import { Roles } from '../../../http/auth/roles.decorator.js';
import { ApiOrderId } from '../../../http/params/api-order-id.decorator.js';
import { Audit, type RequestAudit } from '../commands/audit.decorator.js';
import { retryOf } from '../commands/event-dispatch.js';
import { ApiIdempotencyKey } from '../../../idempotency/idempotency-key.decorator.js';
import { ResumeBody, RetryBody } from './operator-requests.dto.js';
import { ApiIfMatchWanted } from '../../../http/conditional/if-match.decorator.js';
import { OrderIdPipe } from '../../../http/params/order-id.pipe.js';
import { ReasonBody } from '../../../http/params/reason.dto.js';
import { SkipBody } from '../../../http/workflows/index.js';
import { CommandReceiptDto } from '../queries/order-responses.dto.js';

/** What an operator may do to any order. Who did it and why is in the order's history. */
@ApiTags('operators')
@ApiProblem(410, 'order_ended', 'The order has ended.')
@ApiOrderId()
@ApiBodyProblems()
@ApiIdempotencyKey()
@ApiIfMatchWanted()
@Roles('operator')
@Controller('order/:id')
export class OrderOperatorController {
  constructor(private readonly orders: OrderService) {}

  @Post('suspend')
  @Audited('order.suspended')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Suspend the order',
    description:
      "Nothing moves any more until it is resumed: no step begins, no deadline fires. Events and partners' answers that come meanwhile are kept, and taken then.",
  })
  @ApiBody({ type: ReasonBody, required: false })
  @ApiReceipt('order.suspend')
  @ApiProblem(409, 'not_now', 'The order is suspended already, or has failed.')
  suspend(
    @Param('id', OrderIdPipe) id: string,
    @Body() { reason }: ReasonBody,
    @Audit('order.suspend') audit: RequestAudit,
  ): Promise<CommandReceipt> {
    return this.orders.suspend(id, { ...audit, reason: reason ?? undefined });
  }

  @Post('resume')
  @Audited('order.resumed')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Resume a suspended order',
    description: 'The order takes the events it kept before any deadline fires, so a payment that came in time counts.',
  })
  @ApiBody({ type: ResumeBody, required: false })
  @ApiReceipt('order.resume')
  @ApiProblem(409, 'not_now', 'The order is not suspended.')
  resume(
    @Param('id', OrderIdPipe) id: string,
    @Body() { reason, deadlines }: ResumeBody,
    @Audit('order.resume') audit: RequestAudit,
  ): Promise<CommandReceipt> {
    return this.orders.resume(id, { ...audit, reason: reason ?? undefined, deadlines: deadlines ?? undefined });
  }

  @Post('terminate')
  @Audited('order.terminated')
  @HttpCode(202)
  @ApiOperation({
    summary: 'End the order where it stands',
    description:
      'A last resort: **nothing is compensated**. Goods stay reserved until they expire, a payment is neither voided nor refunded, calls to partners that are under way may still take effect. What customers want is `cancel`.',
  })
  @ApiBody({ type: ReasonBody, required: false })
  @ApiReceipt('order.terminate')
  @ApiProblem(409, 'not_now', 'The order has failed: it can be retried or restarted.')
  terminate(
    @Param('id', OrderIdPipe) id: string,
    @Body() { reason }: ReasonBody,
    @Audit('order.terminate') audit: RequestAudit,
  ): Promise<CommandReceipt> {
    return this.orders.terminate(id, { ...audit, reason: reason ?? undefined });
  }

  @Post('retry')
  @Audited('order.retried')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Try the failed step again, corrected if need be',
    description:
      'For an order whose incident waits for a person, or that has failed. With a `patch` the step is a new call to the partner, under a new idempotency key: be sure that the partner did not do the old one.',
  })
  @ApiBody({
    type: RetryBody,
    required: false,
    examples: {
      again: { value: { reason: 'The warehouse is back.' } },
      corrected: {
        value: { reason: 'The street was misspelt.', patch: { customer: { address: { street: 'Kastanienallee 7' } } } },
      },
    },
  })
  @ApiReceipt('order.retry')
  @ApiProblem(
    409,
    'not_now',
    'The order has no incident that a retry could mend (`not_now`), or cannot be corrected like this where it stands (`correction_misfit`).',
  )
  retry(
    @Param('id', OrderIdPipe) id: string,
    @Body() body: RetryBody,
    @Audit('order.retry') audit: RequestAudit,
  ): Promise<CommandReceipt> {
    return this.orders.retry(id, { ...audit, ...retryOf(body) });
  }

  @Post('skip')
  @Audited('order.skipped')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Complete the failed step with an output of your own',
    description:
      'For what was done by hand, or that the partner did although its answer was lost. The partner is **not** asked; the order goes on as if it had answered. Legal while the order waits for a person at that step.',
  })
  @ApiBody({
    type: SkipBody,
    examples: {
      shipped: { value: { reason: 'Sent by courier.', output: { shipmentId: 's-1', trackingNumber: 'T-1' } } },
      released: { value: { reason: 'The warehouse has the goods back.', output: null } },
    },
  })
  @ApiReceipt('order.skip')
  @ApiProblem(
    409,
    'not_now',
    'The order has no incident (`not_now`), or none at a step that could be skipped like this (`skip_misfit`).',
  )
  skip(
    @Param('id', OrderIdPipe) id: string,
    @Body() { reason, activityId, output }: SkipBody,
    @Audit('order.skip') audit: RequestAudit,
  ): Promise<CommandReceipt> {
    return this.orders.skip(id, { ...audit, reason, activityId: activityId ?? undefined, output });
  }
}

function ApiReceipt(event: CommandReceipt['event']) {
  const example = { id: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001', event, result: 'accepted' };
  return ApiAcceptedResponse({ type: CommandReceiptDto, description: 'Done, and stored.', example });
}

import { Audited } from '../../../http/auth/audited.decorator.js';
import { Controller, Delete, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderBulk } from '../../order-bulk.js';
import { ApiProblem } from '../../../http/openapi/api-problem.decorator.js';
import { Caller } from '../../../http/auth/caller.decorator.js';
import { Roles } from '../../../http/auth/roles.decorator.js';
import { ApiOrderId } from '../../../http/params/api-order-id.decorator.js';
import { PurgedDto, type Purged } from '../operators/bulk.dto.js';
import { ApiIdempotencyKey } from '../../../idempotency/idempotency-key.decorator.js';
import { OrderIdPipe } from '../../../http/params/order-id.pipe.js';
import { ReasonBody } from '../../../http/params/reason.dto.js';

@ApiTags('operators')
@Controller('order')
export class OrderPurgeController {
  constructor(private readonly management: OrderBulk) {}

  @Delete(':id')
  @Audited('order.purged')
  @Roles('admin')
  @ApiOperation({
    summary: 'Purge an order that has ended',
    description:
      'Deletes the order with its history, events, incidents and the answers kept under Idempotency-Keys, in one transaction. Afterwards there is no such order. Who did it and why is in the log.',
  })
  @ApiOkResponse({ type: PurgedDto, description: 'The order is deleted.' })
  @ApiProblem(400, 'request_invalid', 'The reason is too long, or the Idempotency-Key is invalid.')
  @ApiProblem(409, 'order_not_ended', 'The order has not completed and was not terminated.')
  @ApiOrderId()
  @ApiIdempotencyKey()
  async purge(
    @Param('id', OrderIdPipe) id: string,
    @Query() { reason }: ReasonBody,
    @Caller() by: string,
  ): Promise<Purged> {
    await this.management.purge(id, { by, reason: reason ?? undefined });
    return { id, result: 'purged' };
  }
}

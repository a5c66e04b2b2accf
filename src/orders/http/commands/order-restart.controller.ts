import { Audited } from '../../../http/auth/audited.decorator.js';
import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DurableRuntime } from '../../../durable/index.js';
import { OrderService } from '../../order.service.js';
import { ApiBodyProblems } from '../../../http/openapi/api-problem.decorator.js';
import { HTTP_OPTIONS, type HttpOptions } from '../../../http/http-options.js';
import { Caller } from '../../../http/auth/caller.decorator.js';
import { OrderTokens } from '../../../http/auth/order-token.js';
import { Roles } from '../../../http/auth/roles.decorator.js';
import { ApiOrderId } from '../../../http/params/api-order-id.decorator.js';
import { ApiIdempotencyKey, FirstUsedAt, IdempotencyKey } from '../../../idempotency/idempotency-key.decorator.js';
import { RestartBody } from '../operators/operator-requests.dto.js';
import { OrderIdPipe } from '../../../http/params/order-id.pipe.js';
import type { PlacedOrder } from '../queries/order-links.js';
import { answerPlaced, ApiLiveOrder, ApiPlaced, orLiveOrder } from './placed-response.js';

@ApiTags('operators')
@Controller('order/:id')
export class OrderRestartController {
  constructor(
    private readonly orders: OrderService,
    @Inject(HTTP_OPTIONS) private readonly options: HttpOptions,
    private readonly tokens: OrderTokens,
    private readonly runtime: DurableRuntime,
  ) {}

  @Post('restart')
  @Audited('order.restarted')
  @HttpCode(202)
  @Roles('operator')
  @ApiOperation({
    summary: 'Place the order anew',
    description:
      'Starts a NEW order of the same cart and user, with the settings of today; the old one stays as it is. What the cart holds now is what is ordered.',
  })
  @ApiBody({ type: RestartBody, required: false })
  @ApiPlaced('Links of the new order.')
  @ApiLiveOrder('or the order itself has not ended yet (`not_now`)')
  @ApiOrderId()
  @ApiBodyProblems()
  @ApiIdempotencyKey()
  async restart(
    @Param('id', OrderIdPipe) id: string,
    @Body() { reason, correlationId }: RestartBody,
    @Res({ passthrough: true }) response: Response,
    @Caller() by: string,
    @IdempotencyKey() key?: string,
    @FirstUsedAt() firstUsedAt?: number,
  ): Promise<PlacedOrder> {
    const audit = { by, reason: reason ?? undefined, key };
    const publicUrl = this.options.publicUrl();
    const request = { ...audit, correlationId: correlationId ?? undefined };
    const { id: newId } = await orLiveOrder(publicUrl, () => this.orders.restart(id, request));
    const token = this.tokens.issue(newId, firstUsedAt ?? this.runtime.clock.now());
    return answerPlaced(response, { id: newId, publicUrl, token });
  }
}

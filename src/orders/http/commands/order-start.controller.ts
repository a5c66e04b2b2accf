import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DurableRuntime } from '../../../durable/index.js';
import { OrderService } from '../../order.service.js';
import { ApiBodyProblems, ApiStoreProblems } from '../../../http/openapi/api-problem.decorator.js';
import { HTTP_OPTIONS, type HttpOptions } from '../../../http/http-options.js';
import { OrderTokens } from '../../../http/auth/order-token.js';
import { Roles } from '../../../http/auth/roles.decorator.js';
import { ApiIdempotencyKey, FirstUsedAt, IdempotencyKey } from '../../../idempotency/idempotency-key.decorator.js';
import type { PlacedOrder } from '../queries/order-links.js';
import { answerPlaced, ApiLiveOrder, ApiPlaced, orLiveOrder } from './placed-response.js';
import { StartOrderBody } from './order-requests.dto.js';
import { SessionIdPipe } from '../../../http/params/session-id.pipe.js';

@ApiTags('orders')
@Controller('order/start')
export class OrderStartController {
  constructor(
    private readonly orders: OrderService,
    @Inject(HTTP_OPTIONS) private readonly options: HttpOptions,
    private readonly tokens: OrderTokens,
    private readonly runtime: DurableRuntime,
  ) {}

  @Post(':sessionId')
  @HttpCode(202)
  @Roles('client')
  @ApiOperation({
    summary: 'Place an order',
    description:
      'The order is stored when this answers; then it runs by itself. A cart has one order at a time that has not ended.',
  })
  @ApiParam({
    name: 'sessionId',
    description: "The shopping cart's GUID.",
    example: '11111111-1111-4111-8111-111111111111',
  })
  @ApiBody({ type: StartOrderBody, required: false })
  @ApiPlaced('Links of the order.')
  @ApiLiveOrder()
  @ApiIdempotencyKey()
  @ApiBodyProblems()
  @ApiStoreProblems()
  async start(
    @Param('sessionId', SessionIdPipe) sessionId: string,
    @Body() body: StartOrderBody,
    @Res({ passthrough: true }) response: Response,
    @IdempotencyKey() key?: string,
    @FirstUsedAt() firstUsedAt?: number,
  ): Promise<PlacedOrder> {
    const publicUrl = this.options.publicUrl();
    const { userId, correlationId } = body;
    const request = { sessionId, userId: userId ?? undefined, correlationId: correlationId ?? undefined, key };
    const { id } = await orLiveOrder(publicUrl, () => this.orders.start(request));
    return answerPlaced(response, {
      id,
      publicUrl,
      token: this.tokens.issue(id, firstUsedAt ?? this.runtime.clock.now()),
    });
  }
}

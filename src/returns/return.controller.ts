import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Caller } from '../http/keys/caller.decorator.js';
import { eventKeyOf, IdempotencyKey } from '../http/orders/idempotency-key.decorator.js';
import { OrderIdPipe } from '../http/orders/order-id.pipe.js';
import { ReasonBody } from '../http/orders/order.requests.dto.js';
import { ApiReturn, ApiReturnCommand, ApiReturnList, ApiReturnRequest } from './return.docs.js';
import type { ReturnEvent } from './return.model.js';
import { RequestReturnBody, ReturnCommandPipe, ReturnListQuery } from './return.requests.dto.js';
import { ReturnService } from './return.service.js';

@Controller()
export class ReturnController {
  constructor(private readonly returns: ReturnService) {}

  @Post('order/:id/returns')
  @ApiReturnRequest()
  request(@Param('id', OrderIdPipe) id: string, @Body() body: RequestReturnBody, @IdempotencyKey() key?: string) {
    return this.returns.request(id, body.reason, key ?? null);
  }

  @Get('returns')
  @ApiReturnList()
  list(@Query() { limit, cursor, ...filter }: ReturnListQuery) {
    return this.returns.list(filter, { ...(limit && { limit }), ...(cursor && { cursor }) });
  }

  @Get('returns/:id')
  @ApiReturn()
  get(@Param('id') id: string) {
    return this.returns.get(id);
  }

  @Post('returns/:id/:command')
  @ApiReturnCommand()
  command(
    @Param('id') id: string,
    @Param('command', ReturnCommandPipe) type: ReturnEvent['type'],
    @Body() { reason }: ReasonBody,
    @Caller() by: string,
    @IdempotencyKey() key?: string,
  ) {
    return this.returns.send(id, { type, by, reason: reason ?? undefined }, eventKeyOf(type, key));
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Caller } from '../http/keys/caller.decorator.js';
import { eventKeyOf, IdempotencyKey } from '../http/orders/idempotency-key.decorator.js';
import { OrderIdPipe } from '../http/orders/order-id.pipe.js';
import { ReasonBody } from '../http/orders/order.requests.dto.js';
import { ApiReturn, ApiReturnCommand, ApiReturnList, ApiReturnRequest } from './return.docs.js';
import { RequestReturnBody, ReturnCommandPipe, ReturnListQuery } from './return.requests.dto.js';
import type { ReturnEvent } from './return.model.js';
import { ReturnService } from './return.service.js';

@Controller()
export class ReturnController {
  constructor(private readonly returns: ReturnService) {}

  @Post('order/:id/returns')
  @HttpCode(202)
  @ApiReturnRequest()
  async request(
    @Param('id', OrderIdPipe) orderId: string,
    @Body() { reason }: RequestReturnBody,
    @Res({ passthrough: true }) response: Response,
    @IdempotencyKey() key?: string,
  ): ReturnType<ReturnService['request']> {
    const details = await this.returns.request(orderId, reason, key ?? null);
    response.location(`/returns/${details.id}`);
    return details;
  }

  @Get('returns')
  @ApiReturnList()
  list(@Query() query: ReturnListQuery): ReturnType<ReturnService['list']> {
    return this.returns.list(query);
  }

  @Get('returns/:id')
  @ApiReturn()
  get(@Param('id') id: string): ReturnType<ReturnService['get']> {
    return this.returns.get(id);
  }

  @Post('returns/:id/:command')
  @HttpCode(202)
  @ApiReturnCommand()
  command(
    @Param('id') id: string,
    @Param('command', ReturnCommandPipe) type: ReturnEvent['type'],
    @Body() { reason }: ReasonBody,
    @Caller() by: string,
    @IdempotencyKey() key?: string,
  ): ReturnType<ReturnService['send']> {
    return this.returns.send(id, { type, by, reason: reason ?? undefined }, eventKeyOf(type, key));
  }
}

import { Audited } from '../../../http/auth/audited.decorator.js';
import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { OrderDetails, OrderStatusView, OrderSummary } from '../../views/order-views.js';
import { OrderQueries } from '../../order-queries.js';
import { ApiProblem, ApiStoreProblems } from '../../../http/openapi/api-problem.decorator.js';
import { Roles } from '../../../http/auth/roles.decorator.js';
import { ApiOrderId } from '../../../http/params/api-order-id.decorator.js';
import { OrderIdPipe } from '../../../http/params/order-id.pipe.js';
import { ApiVersioned, ETAG } from '../../../http/conditional/api-versioned.decorator.js';
import { setRevision } from '../../../http/conditional/etag.js';
import { filterOf, OrderListQuery } from './order-filter.dto.js';
import { HistoryQuery } from '../../../http/params/history-query.dto.js';
import { OrderHistoryPageDto } from '../../../http/workflows/history.dto.js';
import { OrderDetailsDto, OrderPageDto, OrderStatusDto } from './order-responses.dto.js';

@ApiTags('orders')
@Controller()
export class OrderReadController {
  constructor(private readonly orders: OrderQueries) {}

  @Get('orders')
  @Roles('operator')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List orders', description: 'Newest first, in pages of a stable order.' })
  @ApiOkResponse({ type: OrderPageDto })
  @ApiProblem(400, 'request_invalid', 'A filter, the limit or the cursor is invalid.')
  @ApiStoreProblems()
  list(
    @Query() query: OrderListQuery,
  ): Promise<{ readonly items: readonly OrderSummary[]; readonly next: string | null }> {
    const { limit, cursor } = query;
    return this.orders.list(filterOf(query), { limit, cursor });
  }

  @Get('order/:id/status')
  @Roles('customer', 'client')
  @ApiVersioned()
  @ApiOperation({ summary: 'Where an order stands' })
  @ApiOkResponse({ type: OrderStatusDto, headers: ETAG })
  @ApiOrderId()
  async status(
    @Param('id', OrderIdPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrderStatusView> {
    const { revision, status } = await this.orders.statusWithRevision(id);
    setRevision(response, revision);
    return status;
  }

  @Get('order/:id')
  @Audited('order.read')
  @Roles('customer', 'client')
  @ApiVersioned()
  @ApiOperation({ summary: 'The whole picture of an order', description: 'Secrets and personal data are hidden.' })
  @ApiOkResponse({ type: OrderDetailsDto, headers: ETAG })
  @ApiOrderId()
  async get(
    @Param('id', OrderIdPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrderDetails> {
    const order = await this.orders.get(id);
    setRevision(response, order.revision);
    return order;
  }

  @Get('order/:id/history')
  @Audited('order.history_read')
  @Roles('customer', 'client')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What happened to an order', description: 'Oldest first, without a gap, redacted.' })
  @ApiOkResponse({ type: OrderHistoryPageDto })
  @ApiProblem(400, 'request_invalid', 'A parameter is invalid.')
  @ApiOrderId()
  history(
    @Param('id', OrderIdPipe) id: string,
    @Query() { after, limit, type, showInput, showOutput }: HistoryQuery,
  ): ReturnType<OrderQueries['history']> {
    const shown = { showInput: showInput !== 'false', showOutput: showOutput !== 'false' };
    return this.orders.history(id, { after, limit, types: type, ...shown });
  }
}

import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { OrderDetails, OrderStatusView, OrderSummary } from '../../orders/order.read.js';
import { OrderService } from '../../orders/order.service.js';
import { ApiProblem, ApiStoreProblems } from '../docs/api-problem.decorator.js';
import { Roles } from '../keys/roles.decorator.js';
import { ApiOrderId } from './api-order-id.decorator.js';
import { OrderIdPipe } from './order-id.pipe.js';
import { HistoryQuery, OrderListQuery } from './order.requests.dto.js';
import { OrderDetailsDto, OrderHistoryPageDto, OrderPageDto, OrderStatusDto } from './order.responses.dto.js';

@ApiTags('orders')
@Controller()
export class OrderReadController {
  constructor(private readonly orders: OrderService) {}

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
    const { limit, cursor, status, outcome } = query;
    const incident = query.incident === undefined ? undefined : query.incident === 'true';
    return this.orders.list({ status, outcome, incident }, { limit, cursor });
  }

  @Get('order/:id/status')
  @Roles('customer', 'client')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Where an order stands' })
  @ApiOkResponse({ type: OrderStatusDto })
  @ApiOrderId()
  status(@Param('id', OrderIdPipe) id: string): Promise<OrderStatusView> {
    return this.orders.status(id);
  }

  @Get('order/:id')
  @Roles('customer', 'client')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The whole picture of an order', description: 'Secrets and personal data are hidden.' })
  @ApiOkResponse({ type: OrderDetailsDto })
  @ApiOrderId()
  get(@Param('id', OrderIdPipe) id: string): Promise<OrderDetails> {
    return this.orders.get(id);
  }

  @Get('order/:id/history')
  @Roles('customer', 'client')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What happened to an order', description: 'Oldest first, without a gap, redacted.' })
  @ApiOkResponse({ type: OrderHistoryPageDto })
  @ApiProblem(400, 'request_invalid', 'A parameter is invalid.')
  @ApiOrderId()
  history(@Param('id', OrderIdPipe) id: string, @Query() query: HistoryQuery): ReturnType<OrderService['history']> {
    return this.orders.history(id, query);
  }
}

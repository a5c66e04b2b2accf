import { Audited } from '../../../http/auth/audited.decorator.js';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { BULK_ACTIONS, OrderBulk, type BulkAction, type BulkAnswer } from '../../order-bulk.js';
import { ApiBodyProblems, ApiProblem, ApiStoreProblems } from '../../../http/openapi/api-problem.decorator.js';
import { Caller } from '../../../http/auth/caller.decorator.js';
import { Roles } from '../../../http/auth/roles.decorator.js';
import { invalidRequest } from '../../../http/problem/request-error.js';
import { BulkAnswerDto, BulkBody, limitOf } from './bulk.dto.js';
import { ApiIdempotencyKey, eventKeyOf, IdempotencyKey } from '../../../idempotency/idempotency-key.decorator.js';
import { filterOf } from '../queries/order-filter.dto.js';

/** The same command for many orders. Each order answers for itself; who did it and why is in the history of each. */
@ApiTags('operators')
@Controller('orders')
export class OrderBulkController {
  constructor(private readonly management: OrderBulk) {}

  @Post('purge')
  @Audited('orders.purged')
  @Roles('admin')
  @HttpCode(200)
  @ApiBulk(
    'Purge many orders',
    'Deletes orders that have completed or were terminated, with all that is stored of them.',
  )
  purge(@Body() body: BulkBody, @Caller() by: string, @IdempotencyKey() key?: string): Promise<BulkAnswer> {
    return this.run('purge', body, by, key);
  }

  @Post(':action')
  @Audited('orders.commanded')
  @Roles('operator')
  @HttpCode(200)
  @ApiParam({ name: 'action', enum: COMMANDS() })
  @ApiBulk(
    'Command many orders',
    'What the route of this name does to one order, for all that the filter names and that the command is for: `retry` for those that wait for a person, `resume` for suspended ones, the others for open ones.',
  )
  command(
    @Param('action') given: string,
    @Body() body: BulkBody,
    @Caller() by: string,
    @IdempotencyKey() key?: string,
  ): Promise<BulkAnswer> {
    const action = COMMANDS().find((each) => each === given);
    if (action !== undefined) return this.run(action, body, by, key);
    const message = `action must be one of ${COMMANDS().join(', ')}`;
    throw invalidRequest([{ field: 'action', rule: 'isIn', message }]);
  }

  private run(action: BulkAction, body: BulkBody, by: string, key: string | undefined): Promise<BulkAnswer> {
    const filter = filterOf(body.filter);
    if (Object.values(filter).every((each) => each === undefined)) {
      const message = 'filter must name at least one field';
      throw invalidRequest([{ field: 'filter', rule: 'isNotEmptyObject', message }]);
    }
    const audit = { by, reason: body.reason, key: eventKeyOf(`bulk.${action}`, key) };
    return this.management.bulk(action, { ...audit, filter, limit: limitOf(body), dryRun: body.dryRun ?? false });
  }
}

/** All but purge, which is for others. */
function COMMANDS(): readonly BulkAction[] {
  return BULK_ACTIONS.filter((action) => action !== 'purge');
}

function ApiBulk(summary: string, description: string): MethodDecorator {
  const example = {
    action: 'retry',
    dryRun: false,
    items: [
      { id: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001', result: 'accepted' },
      { id: '0b0e5f1c-3c0c-4f0a-9f4e-1f0d8a4cf002', result: 'refused', code: 'not_now' },
    ],
    more: false,
  };
  const decorators: MethodDecorator[] = [
    ApiOperation({ summary, description }),
    ApiBody({
      type: BulkBody,
      examples: {
        dryRun: {
          value: { filter: { incident: true, status: ['ReservingProducts'] }, reason: 'A look.', dryRun: true },
        },
        all: { value: { filter: { incident: true, status: ['ReservingProducts'] }, reason: 'The warehouse is back.' } },
      },
    }),
    ApiOkResponse({ type: BulkAnswerDto, description: 'What became of each order.', example }),
    ApiProblem(409, 'idempotency_key_in_progress', 'A request with this Idempotency-Key is still being worked on.'),
    ApiBodyProblems(),
    ApiStoreProblems(),
    ApiIdempotencyKey(),
  ];
  return (target, property, descriptor) => {
    for (const decorate of decorators) decorate(target, property, descriptor);
  };
}

import { applyDecorators, Header, HttpCode } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiBodyProblems, ApiProblem, ApiStoreProblems } from '../http/docs/api-problem.decorator.js';
import { Roles } from '../http/keys/roles.decorator.js';
import { ApiOrderId } from '../http/orders/api-order-id.decorator.js';
import { ApiIdempotencyKey } from '../http/orders/idempotency-key.decorator.js';
import { ReasonBody } from '../http/orders/order.requests.dto.js';
import { RETURN_COMMANDS } from './return.requests.dto.js';
import { ReturnDetailsDto, ReturnPageDto } from './return.responses.dto.js';

/*
 * What each route answers, and its documents, and what all routes of their kind have: those that write need a key and take an
 * Idempotency-Key, those that read are not cached.
 */

const Writing = () =>
  applyDecorators(
    HttpCode(202),
    ApiTags('returns'),
    ApiAcceptedResponse({ type: ReturnDetailsDto, description: 'Stored.' }),
    ApiBodyProblems(),
    ApiIdempotencyKey(),
  );

const Reading = () => applyDecorators(ApiTags('returns'), Header('Cache-Control', 'no-store'), ApiStoreProblems());

const ApiReturnId = () =>
  applyDecorators(
    ApiParam({ name: 'id', description: "The return's id.", example: 'return-6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001' }),
    ApiProblem(404, 'return_not_found', 'No return has this id.'),
  );

export const ApiReturnRequest = () =>
  applyDecorators(
    Writing(),
    Roles('client'),
    ApiOrderId(),
    ApiOperation({
      summary: 'Ask to return an order',
      description: 'A person decides within 14 days, else the request expires. An order has one return.',
    }),
    ApiProblem(
      409,
      'order_not_returnable',
      'The order was not fulfilled (`order_not_returnable`), or has a return already (`return_exists`).',
    ),
  );

export const ApiReturnCommand = () =>
  applyDecorators(
    Writing(),
    Roles('operator'),
    ApiStoreProblems(),
    ApiReturnId(),
    ApiOperation({
      summary: 'Decide on a return, or say that the goods are here',
      description: 'Once the goods are here, the money goes back and they go on stock. `retry` is for an incident.',
    }),
    ApiParam({ name: 'command', enum: RETURN_COMMANDS }),
    ApiBody({ type: ReasonBody, required: false }),
    ApiProblem(409, 'return_not_now', 'The return cannot take this where it stands.'),
    ApiProblem(410, 'return_ended', 'The return has ended.'),
  );

export const ApiReturn = () =>
  applyDecorators(
    Reading(),
    Roles('client'),
    ApiReturnId(),
    ApiOperation({ summary: 'Where a return stands' }),
    ApiOkResponse({ type: ReturnDetailsDto }),
  );

export const ApiReturnList = () =>
  applyDecorators(
    Reading(),
    Roles('operator'),
    ApiOperation({ summary: 'List returns', description: 'Newest first, in pages of a stable order.' }),
    ApiOkResponse({ type: ReturnPageDto }),
    ApiProblem(400, 'request_invalid', 'A filter, the limit or the cursor is invalid.'),
  );

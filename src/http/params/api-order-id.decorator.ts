import { applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { ApiProblem, ApiStoreProblems } from '../openapi/api-problem.decorator.js';

/** Documents the path parameter and the errors of a route about one order. */
export const ApiOrderId = () =>
  applyDecorators(
    ApiParam({ name: 'id', description: "The order's id.", example: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001' }),
    ApiProblem(404, 'order_not_found', 'No order has this id.'),
    ApiStoreProblems(),
  );

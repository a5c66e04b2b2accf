import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FieldError } from '../../durable/index.js';
import type { Problem } from '../problem/problem.js';

export class FieldErrorDto implements FieldError {
  @ApiProperty({ example: 'amount.currency' })
  readonly field!: string;
  @ApiProperty({ example: 'matches' })
  readonly rule!: string;
  @ApiProperty({ example: 'currency must be an ISO 4217 code' })
  readonly message!: string;
}

class LiveOrderDto {
  @ApiProperty({ example: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001' })
  readonly id!: string;
  @ApiProperty({ example: 'http://localhost:3000/order/6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001/status' })
  readonly statusQueryGetUri!: string;
}

export class ProblemDto implements Problem {
  @ApiProperty({ example: 'urn:durable-orders:problem:order_not_found' })
  readonly type!: string;
  @ApiProperty({ example: 'Order not found' })
  readonly title!: string;
  @ApiProperty({ example: 404 })
  readonly status!: number;
  @ApiProperty({ example: 'There is no such order.' })
  readonly detail!: string;
  @ApiProperty({ example: '/order/6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001/status' })
  readonly instance!: string;
  @ApiProperty({ example: 'order_not_found', description: 'Stable.' })
  readonly code!: string;
  @ApiProperty({ example: '0d9e8b5c-4f16-4c4e-8a55-2c0c8f6f7a10', description: 'As in the log and in X-Request-Id.' })
  readonly traceId!: string;
  @ApiPropertyOptional({ type: [FieldErrorDto] })
  readonly errors?: readonly FieldErrorDto[];
  @ApiPropertyOptional({ type: LiveOrderDto, description: 'Only of `cart_has_live_order`: the order the cart has.' })
  readonly liveOrder?: LiveOrderDto;
}

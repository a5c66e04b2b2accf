import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DurableRuntime } from '../../../durable/index.js';
import { Audited } from '../../../http/auth/audited.decorator.js';
import { Caller } from '../../../http/auth/caller.decorator.js';
import { OrderTokens } from '../../../http/auth/order-token.js';
import { Roles } from '../../../http/auth/roles.decorator.js';
import { ApiBodyProblems } from '../../../http/openapi/api-problem.decorator.js';
import { ApiOrderId } from '../../../http/params/api-order-id.decorator.js';
import { OrderIdPipe } from '../../../http/params/order-id.pipe.js';
import { ReasonBody } from '../../../http/params/reason.dto.js';
import { Revocations } from '../../../http/revocations/revocations.js';
import { OrderQueries } from '../../order-queries.js';

interface MadeToken {
  readonly id: string;
  readonly orderToken: string | null;
  readonly expiresAt: string | null;
}

interface RevokedTokens {
  readonly id: string;
  readonly revokedAt: string;
}

class MadeTokenDto implements MadeToken {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'order_6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001_mg5xk3v4_…',
    description: 'Null where no secret is configured: the service makes no tokens.',
  })
  readonly orderToken!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null: it does not expire.' })
  readonly expiresAt!: string | null;
}

class RevokedTokensDto implements RevokedTokens {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'date-time', description: 'Tokens that were made until then are refused.' })
  readonly revokedAt!: string;
}

/** The tokens with which a customer follows and cancels one order. */
@ApiTags('orders')
@ApiOrderId()
@ApiBodyProblems()
@Roles('client')
@Controller('order/:id/token')
export class OrderTokenController {
  constructor(
    private readonly orders: OrderQueries,
    private readonly tokens: OrderTokens,
    private readonly revocations: Revocations,
    private readonly runtime: DurableRuntime,
  ) {}

  @Post()
  @Audited('order.token_made')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Make another token for the customer',
    description: 'For a customer whose token has expired or was revoked. Tokens made before go on as they are.',
  })
  @ApiOkResponse({ type: MadeTokenDto })
  async make(@Param('id', OrderIdPipe) id: string): Promise<MadeToken> {
    await this.orders.status(id);
    const revocation = await this.revocations.ofOrder(id);
    const madeAt = Math.max(this.runtime.clock.now(), (revocation?.revokedAt ?? 0) + 1);
    const orderToken = this.tokens.issue(id, madeAt);
    const expiresAt = orderToken === null ? null : (this.tokens.read(orderToken)?.expiresAt ?? null);
    return { id, orderToken, expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() };
  }

  @Post('revoke')
  @Audited('order.tokens_revoked')
  @HttpCode(200)
  @ApiOperation({
    summary: "Revoke the order's tokens",
    description:
      'All that were made until now: requests with one get 401 `token_revoked`, and open streams end within five seconds.',
  })
  @ApiBody({ type: ReasonBody, required: false })
  @ApiOkResponse({ type: RevokedTokensDto })
  async revoke(
    @Param('id', OrderIdPipe) id: string,
    @Body() { reason }: ReasonBody,
    @Caller() by: string,
  ): Promise<RevokedTokens> {
    await this.orders.status(id);
    const { revokedAt } = await this.revocations.revoke({ kind: 'order', subject: id, by, reason: reason ?? null });
    return { id, revokedAt: new Date(revokedAt).toISOString() };
  }
}

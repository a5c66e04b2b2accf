import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { cartLineSchema } from '../../contracts/cart-contract.js';
import type { CartDto, CartLineDto } from '../../contracts/cart-contract.js';
import { Operation } from '../faults/operation.decorator.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import type { KeyedCall } from '../idempotency/idempotency-key.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { GuidPipe } from '../protocol/guid.pipe.js';
import { ZodPipe } from '../protocol/zod.pipe.js';
import { CartService } from './cart.service.js';

@Controller('cart/:cartId')
export class CartController {
  constructor(
    private readonly carts: CartService,
    private readonly effects: IdempotencyService,
  ) {}

  @Get()
  @Operation('cart.get')
  get(@Param('cartId', GuidPipe) cartId: string): Promise<CartDto> {
    return this.carts.get(cartId);
  }

  @Post('add')
  @HttpCode(202)
  @Operation('cart.add')
  add(
    @Param('cartId', GuidPipe) cartId: string,
    @Body(new ZodPipe(cartLineSchema)) change: CartLineDto,
    @IdempotencyKey() call: KeyedCall,
  ): Promise<CartDto> {
    return this.effects.once(call, 202, (effect) => this.carts.add(effect, cartId, change));
  }

  @Post('remove')
  @HttpCode(202)
  @Operation('cart.remove')
  remove(
    @Param('cartId', GuidPipe) cartId: string,
    @Body(new ZodPipe(cartLineSchema)) change: CartLineDto,
    @IdempotencyKey() call: KeyedCall,
  ): Promise<CartDto> {
    return this.effects.once(call, 202, (effect) => this.carts.remove(effect, cartId, change));
  }
}

import { Module } from '@nestjs/common';
import { CartController } from './cart.controller.js';
import { CartShelf } from './cart.service.js';

@Module({ controllers: [CartController], providers: [CartShelf] })
export class CartModule {}

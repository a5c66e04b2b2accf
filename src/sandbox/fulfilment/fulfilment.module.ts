import { Module } from '@nestjs/common';
import { FulfilmentController } from './fulfilment.controller.js';

@Module({ controllers: [FulfilmentController] })
export class FulfilmentModule {}

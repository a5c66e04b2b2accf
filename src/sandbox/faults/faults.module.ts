import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { FaultController } from './fault.controller.js';
import { FaultInterceptor } from './fault.interceptor.js';
import { FaultPlan } from './fault-plan.js';
import { OrderLookup } from './order-lookup.js';

@Module({
  controllers: [FaultController],
  providers: [FaultPlan, OrderLookup, { provide: APP_INTERCEPTOR, useClass: FaultInterceptor }],
})
export class FaultsModule {}

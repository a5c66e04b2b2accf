import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { CartModule } from './cart/cart.module.js';
import { FaultsModule } from './faults/faults.module.js';
import { FulfilmentModule } from './fulfilment/fulfilment.module.js';
import { IndexController } from './index/index.controller.js';
import { PaymentsModule } from './payments/payments.module.js';
import { PricingModule } from './pricing/pricing.module.js';
import { ApiKeyGuard } from './protocol/api-key.guard.js';
import { ProblemFilter } from './protocol/problem.filter.js';
import type { SandboxOptions } from './sandbox-options.js';
import { ShippingModule } from './shipping/shipping.module.js';
import { StoreModule } from './store/store.module.js';
import { UsersModule } from './users/users.module.js';
import { WarehouseModule } from './warehouse/warehouse.module.js';

/** Serves seven partner services on one port. */
@Module({})
export class SandboxModule {
  static forRoot(options: SandboxOptions, dataSource: DataSource): DynamicModule {
    return {
      module: SandboxModule,
      imports: [
        StoreModule.forRoot(options, dataSource),
        FaultsModule,
        CartModule,
        UsersModule,
        WarehouseModule,
        ShippingModule,
        PricingModule,
        PaymentsModule,
        FulfilmentModule,
      ],
      controllers: [IndexController],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: ApiKeyGuard },
      ],
    };
  }
}

import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { DurableModule } from '../durable/durable.module.js';
import { PaymentClient, WarehouseClient } from '../orders/ports/partner.ports.js';
import { ReturnController } from './return.controller.js';
import { returnRegistration } from './return.registration.js';
import { ReturnService } from './return.service.js';

@Module({ controllers: [ReturnController], providers: [ReturnService] })
export class ReturnsModule {
  /** @param imports must provide the order service, and the ports of payment and warehouse. */
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    const needs = { imports, inject: [PaymentClient, WarehouseClient] };
    const feature = DurableModule.forFeature({ machineId: 'return', ...needs, useFactory: returnRegistration });
    return { module: ReturnsModule, imports: [...imports, feature] };
  }
}

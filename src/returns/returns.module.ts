import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { DurableModule } from '../durable/durable.module.js';
import { PaymentClient, WarehouseClient } from '../orders/ports/partner.ports.js';
import { ReturnController } from './return.controller.js';
import type { returnMachine } from './return.machine.js';
import { returnRegistration } from './return.registration.js';
import { ReturnService } from './return.service.js';

/** @param imports must provide the order service, and the ports of payment and warehouse. */
@Module({})
export class ReturnsModule {
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    const inject = [PaymentClient, WarehouseClient];
    return {
      module: ReturnsModule,
      imports: [
        ...imports,
        DurableModule.forFeature<typeof returnMachine>({
          machineId: 'return',
          imports,
          inject,
          useFactory: returnRegistration,
        }),
      ],
      controllers: [ReturnController],
      providers: [ReturnService],
    };
  }
}

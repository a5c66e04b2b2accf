import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { workflowControllers, workflowProvider } from '../../http/workflows/index.js';
import { OrderCommandController } from './commands/order-command.controller.js';
import { OrderPurgeController } from './commands/order-purge.controller.js';
import { OrderRestartController } from './commands/order-restart.controller.js';
import { OrderStartController } from './commands/order-start.controller.js';
import { OrderTokenController } from './commands/order-token.controller.js';
import { PaymentLinkController } from './commands/payment-link.controller.js';
import { latePaymentRoutes } from './late-payment-routes.js';
import { IncidentController } from './operators/incident.controller.js';
import { OrderBulkController } from './operators/order-bulk.controller.js';
import { OrderOperatorController } from './operators/order-operator.controller.js';
import { OrderReadController } from './queries/order-read.controller.js';

/** The routes of orders and of their late payments. */
@Module({})
export class OrdersHttpModule {
  /** @param imports must provide what OrdersModule exports; the modules of the runtime, HTTP and idempotency are global. */
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: OrdersHttpModule,
      imports,
      controllers: [
        OrderStartController,
        OrderReadController,
        PaymentLinkController,
        OrderCommandController,
        OrderOperatorController,
        OrderRestartController,
        OrderTokenController,
        OrderPurgeController,
        OrderBulkController,
        IncidentController,
        ...workflowControllers(latePaymentRoutes),
      ],
      providers: [workflowProvider(latePaymentRoutes)],
    };
  }
}

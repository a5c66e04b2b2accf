import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { DurableModule } from '../durable/index.js';
import { OrderActivitiesFactory } from './activities/order-activities-factory.js';
import type { OrderCalls } from './activities/order-activity-options.js';
import type { OrderMachine } from './machine/order/order-machine.js';
import type { OrderSettings } from './machine/order/order-model.js';
import { latePaymentRegistration } from './late-payments/late-payment-registration.js';
import { LatePayments } from './late-payments/late-payments.js';
import type { LatePaymentMachine } from './machine/late-payment/late-payment-machine.js';
import { orderRegistration, type OrderRules } from './order-registration.js';
import { OrderBulk } from './order-bulk.js';
import { OrderIncidents } from './order-incidents.js';
import { OrderQueries } from './order-queries.js';
import { OrderService } from './order.service.js';
import { ORDER_REDACTOR, orderRedactor } from './redaction/order-redaction.js';
import { ORDER_SETTINGS } from './order-settings.js';

export interface OrdersOptions {
  /** What new orders are born with. */
  readonly settings: OrderSettings;
  readonly calls: OrderCalls;
  readonly rules: OrderRules;
  /** Keys and paths that are hidden besides what always is. */
  readonly redactKeys: readonly string[];
  /** Must provide the partner ports of `ports/partner-ports.ts`. */
  readonly partners: NonNullable<ModuleMetadata['imports']>;
}

/** The order machine in the durable runtime, and the service that speaks to it. Needs `DurableModule.forRoot`. */
@Module({})
export class OrdersModule {
  static forRoot({ settings, calls, rules, redactKeys, partners }: OrdersOptions): DynamicModule {
    const activities: DynamicModule = {
      module: OrderActivitiesModule,
      imports: partners,
      providers: [OrderActivitiesFactory],
      exports: [OrderActivitiesFactory],
    };
    const redact = orderRedactor(redactKeys);
    const latePayments = DurableModule.forFeatureAsync<LatePaymentMachine>({
      machineId: 'late-payment',
      imports: [activities],
      inject: [OrderActivitiesFactory],
      useFactory: (factory: OrderActivitiesFactory) => latePaymentRegistration(factory.logics(), calls, redact),
    });
    const machine = DurableModule.forFeatureAsync<OrderMachine>({
      machineId: 'order',
      imports: [activities],
      inject: [OrderActivitiesFactory],
      useFactory: (factory: OrderActivitiesFactory) => orderRegistration(factory.logics(), calls, rules, redact),
    });
    return {
      module: OrdersModule,
      imports: [machine, latePayments],
      providers: [
        OrderService,
        OrderQueries,
        OrderIncidents,
        LatePayments,
        OrderBulk,
        { provide: ORDER_SETTINGS, useValue: settings },
        { provide: ORDER_REDACTOR, useValue: redact },
      ],
      exports: [OrderService, OrderQueries, OrderIncidents, OrderBulk, ORDER_REDACTOR, machine, latePayments],
    };
  }
}

@Module({})
class OrderActivitiesModule {}

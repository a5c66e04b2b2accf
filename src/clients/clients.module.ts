import { HttpModule } from '@nestjs/axios';
import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import {
  FulfilmentClient,
  PaymentClient,
  PricingClient,
  ShippingClient,
  ShoppingCartClient,
  UserClient,
  WarehouseClient,
} from '../orders/ports/partner-ports.js';
import { CLIENTS_OPTIONS } from './clients-token.js';
import type { ClientsOptions } from './clients-options.js';
import { HttpFulfilmentClient } from './fulfilment-client.js';
import { PartnerConnections } from './transport/partner-connections.js';
import { PartnerHttp } from './transport/partner-http.js';
import { HttpPaymentClient } from './payment-client.js';
import { HttpPricingClient } from './pricing-client.js';
import { HttpShippingClient } from './shipping-client.js';
import { HttpShoppingCartClient } from './shopping-cart-client.js';
import { TRANSPORT_LIMITS } from './transport/transport-limits.js';
import { HttpUserClient } from './user-client.js';
import { HttpWarehouseClient } from './warehouse-client.js';

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<ClientsOptions>({
  optionsInjectionToken: CLIENTS_OPTIONS,
})
  .setClassMethodName('forRoot')
  .build();

/** Binds the partner ports to HTTP clients: `ClientsModule.forRoot(options)` or `.forRootAsync({ inject, useFactory })`. */
@Module({
  imports: [HttpModule.register(TRANSPORT_LIMITS)],
  providers: [
    PartnerConnections,
    PartnerHttp,
    { provide: ShoppingCartClient, useClass: HttpShoppingCartClient },
    { provide: UserClient, useClass: HttpUserClient },
    { provide: WarehouseClient, useClass: HttpWarehouseClient },
    { provide: ShippingClient, useClass: HttpShippingClient },
    { provide: PricingClient, useClass: HttpPricingClient },
    { provide: PaymentClient, useClass: HttpPaymentClient },
    { provide: FulfilmentClient, useClass: HttpFulfilmentClient },
  ],
  exports: [
    ShoppingCartClient,
    UserClient,
    WarehouseClient,
    ShippingClient,
    PricingClient,
    PaymentClient,
    FulfilmentClient,
  ],
})
export class ClientsModule extends ConfigurableModuleClass {}

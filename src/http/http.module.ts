import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccessKeys } from './auth/access-keys.js';
import { AuthenticationGuard } from './auth/authentication.guard.js';
import { OrderTokens } from './auth/order-token.js';
import { RoleGuard } from './auth/role.guard.js';
import { BodyGuard } from './validation/body.guard.js';
import { HealthController } from './health/health.controller.js';
import { ReadinessCheck } from './health/readiness-check.js';
import { HTTP_OPTIONS, type HttpOptions } from './http-options.js';
import { RateLimitGuard, throttlerOptions } from './rate-limit/rate-limit.guard.js';

/**
 * What every controller rests on: who asks, how often, and whether the service is well. `configureHttp(app)` belongs to it.
 * Global, so that the routes of all features are guarded alike. Needs the runtime's module.
 */
@Module({})
export class HttpModule {
  static forRoot(options: HttpOptions): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      imports: [ThrottlerModule.forRoot(throttlerOptions(options))],
      controllers: [HealthController],
      providers: [
        { provide: HTTP_OPTIONS, useValue: options },
        ReadinessCheck,
        AccessKeys,
        OrderTokens,
        // Of every route, in this order.
        { provide: APP_GUARD, useClass: AuthenticationGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_GUARD, useClass: RoleGuard },
        { provide: APP_GUARD, useClass: BodyGuard },
      ],
      exports: [HTTP_OPTIONS, OrderTokens],
    };
  }
}

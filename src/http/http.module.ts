import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccessKeys } from './auth/access-keys.js';
import { AuthenticationGuard } from './auth/authentication.guard.js';
import { Credentials } from './auth/credentials.js';
import { KeyController } from './auth/key.controller.js';
import { OrderTokens } from './auth/order-token.js';
import { RoleGuard } from './auth/role.guard.js';
import { BodyGuard } from './validation/body.guard.js';
import { HealthController } from './health/health.controller.js';
import { ReadinessCheck } from './health/readiness-check.js';
import { HTTP_OPTIONS, type HttpOptions } from './http-options.js';
import { RateLimitGuard, throttlerOptions } from './rate-limit/rate-limit.guard.js';
import { Revocations } from './revocations/revocations.js';

/**
 * Authenticates, limits and authorizes the requests to every route, and serves the routes of health and keys.
 * It is global, so that its guards protect the routes of all features.
 * It needs the runtime's module, and `configureHttp(app)` sets up the rest.
 */
@Module({})
export class HttpModule {
  /** @param imports must provide REVOCATION_STORE. */
  static forRoot(options: HttpOptions, imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      imports: [ThrottlerModule.forRoot(throttlerOptions(options)), ...imports],
      controllers: [HealthController, KeyController],
      providers: [
        { provide: HTTP_OPTIONS, useValue: options },
        ReadinessCheck,
        AccessKeys,
        OrderTokens,
        Credentials,
        Revocations,
        // Every route has these guards. Nest runs them in this order.
        { provide: APP_GUARD, useClass: AuthenticationGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_GUARD, useClass: RoleGuard },
        { provide: APP_GUARD, useClass: BodyGuard },
      ],
      exports: [HTTP_OPTIONS, OrderTokens, Credentials, Revocations],
    };
  }
}

import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { IdempotentRequests } from './idempotent-requests.js';

/** Keeps the answers to requests with an `Idempotency-Key`. Global, because commands of every feature may carry one. */
@Module({})
export class IdempotencyModule {
  /** @param imports must provide IDEMPOTENCY_STORE; the runtime's and the HTTP module are global. */
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: IdempotencyModule,
      global: true,
      imports,
      providers: [IdempotentRequests],
      exports: [IdempotentRequests],
    };
  }
}

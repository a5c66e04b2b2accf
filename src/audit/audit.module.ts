import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditController } from './audit.controller.js';
import { AuditInterceptor } from './audit.interceptor.js';

/** The audit log of the whole application. */
@Module({})
export class AuditModule {
  /** @param imports must provide AUDIT_LOG; the HTTP module is global. */
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: AuditModule,
      imports,
      controllers: [AuditController],
      providers: [{ provide: APP_INTERCEPTOR, useClass: AuditInterceptor }],
    };
  }
}

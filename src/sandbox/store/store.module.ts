import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { SANDBOX_CLOCK, SANDBOX_OPTIONS, systemClock } from '../sandbox-options.js';
import type { SandboxOptions } from '../sandbox-options.js';
import { SandboxStore } from './sandbox-store.js';

/** Provides what every partner needs: options, clock, database, ledger and idempotency. */
@Global()
@Module({})
export class StoreModule {
  static forRoot(options: SandboxOptions, dataSource: DataSource): DynamicModule {
    return {
      module: StoreModule,
      providers: [
        { provide: SANDBOX_OPTIONS, useValue: options },
        { provide: SANDBOX_CLOCK, useValue: options.clock ?? systemClock },
        { provide: DataSource, useValue: dataSource },
        SandboxStore,
        LedgerService,
        IdempotencyService,
      ],
      exports: [SANDBOX_OPTIONS, SANDBOX_CLOCK, SandboxStore, LedgerService, IdempotencyService],
    };
  }
}

import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import { CountsController } from './counts.controller.js';
import { DashboardController } from './dashboard.controller.js';
import { DASHBOARD_OPTIONS, type DashboardOptions } from './dashboard.options.js';
import { MachineCatalogue } from './machines/machine.catalogue.js';
import { MachinesController } from './machines/machines.controller.js';
import { PageFiles } from './page.files.js';

export interface DashboardModuleOptions {
  /** Must provide the order service; the runtime's, the store's and the HTTP module are global. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  readonly options: Pick<FactoryProvider<DashboardOptions>, 'inject' | 'useFactory'>;
}

/** The operators' pages, and the machines' drawings. */
@Module({})
export class DashboardModule {
  static forRoot({ imports, options }: DashboardModuleOptions): DynamicModule {
    return {
      module: DashboardModule,
      imports,
      controllers: [CountsController, DashboardController, MachinesController],
      providers: [{ provide: DASHBOARD_OPTIONS, ...options }, MachineCatalogue, PageFiles],
    };
  }
}

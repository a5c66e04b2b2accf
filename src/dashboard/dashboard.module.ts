import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import { ANONYMOUS } from '../http/auth/principal.js';
import { Credentials } from '../http/auth/credentials.js';
import { HTTP_OPTIONS, type HttpOptions } from '../http/http-options.js';
import { RateWindows } from '../http/rate-limit/rate-windows.js';
import { CountsController } from './counts.controller.js';
import { DemoController } from './demo/demo.controller.js';
import { DEMO, type DemoPort } from './demo/demo.port.js';
import { RootController } from './root.controller.js';
import { DashboardController } from './dashboard.controller.js';
import { DASHBOARD_OPTIONS, type DashboardOptions } from './dashboard-options.js';
import { INSPECTOR_ACCESS, type InspectorAccess } from './inspector/inspector-access.js';
import { InspectorGateway } from './inspector/inspector.gateway.js';
import { MachineCatalogue } from './machines/machine-catalogue.js';
import { MachinesController } from './machines/machines.controller.js';
import { PageFiles } from './page-files.js';

export interface DashboardModuleOptions {
  /** Must provide the order service. The modules of the runtime, the store and HTTP are global. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Makes the demo; null: there is no sandbox to play with. */
  readonly demo: Pick<FactoryProvider<DemoPort | null>, 'inject' | 'useFactory'>;
}

/** Serves the operators' pages and the drawings of machines. */
@Module({})
export class DashboardModule {
  static forRoot({ imports, demo }: DashboardModuleOptions): DynamicModule {
    return {
      module: DashboardModule,
      imports,
      controllers: [CountsController, DashboardController, MachinesController, DemoController, RootController],
      providers: [
        { provide: DEMO, ...demo },
        {
          provide: DASHBOARD_OPTIONS,
          inject: [DEMO],
          useFactory: (port: DemoPort | null): DashboardOptions => ({ demo: port !== null }),
        },
        { provide: INSPECTOR_ACCESS, inject: [HTTP_OPTIONS, Credentials], useFactory: inspectorAccess },
        InspectorGateway,
        MachineCatalogue,
        PageFiles,
      ],
    };
  }
}

/** One address may show this many keys in WebSocket messages within a minute. */
const MOST_GUESSES = 10;
const MINUTE_MS = 60_000;

/** As the guards of `GET /orders` decide: see authentication.guard.ts. */
function inspectorAccess(options: HttpOptions, credentials: Credentials): InspectorAccess {
  const asks = options.production || (options.accessKeys ?? []).length > 0;
  const guesses = new RateWindows();
  return {
    mayGuess: async (address) => !(await guesses.increment(address, MINUTE_MS, MOST_GUESSES)).isBlocked,
    judge: (key) => {
      if (key === null) return asks ? { refused: 'key_required' } : { watch: () => credentials.watch(ANONYMOUS) };
      const judged = credentials.ofKey(key);
      if (judged === null) return { refused: 'key_required' };
      if ('lapse' in judged) return { refused: judged.lapse.code };
      const { principal } = judged;
      if (principal.role !== 'operator' && principal.role !== 'admin') return { refused: 'role_insufficient' };
      return { watch: () => credentials.watch(principal) };
    },
  };
}

import {
  Module,
  type DynamicModule,
  type InjectionToken,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type ModuleMetadata,
} from '@nestjs/common';
import type { AnyStateMachine } from 'xstate';
import { noCrashPoints, type CrashPoints } from './crash-point.js';
import { DurableHandle } from './handle.js';
import type { DurableLogger } from './logger.port.js';
import type { DurableMachineOptions } from './machine.registration.js';
import { DurableRuntime } from './runtime.js';
import type { DurableStore } from './store.port.js';

/** The store, as a provider of the application. */
export const DURABLE_STORE = Symbol('DURABLE_STORE');
/** Where the runtime logs to. */
export const DURABLE_LOGGER = Symbol('DURABLE_LOGGER');
/** Tests put their own in place of the production provider, which does nothing. */
export const CRASH_POINTS = Symbol('CRASH_POINTS');

/** The token under which the handle of a machine is injected: `@Inject(handleOf('order')) orders: DurableHandle<…>`. */
export function handleOf(machineId: string): InjectionToken {
  return `DurableHandle:${machineId}`;
}

export interface FeatureOptions<TMachine extends AnyStateMachine> {
  readonly machineId: string;
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: InjectionToken[];
  /** Makes the registration, with what was injected: that is how activities get their clients. */
  readonly useFactory: (...injected: never[]) => DurableMachineOptions<TMachine>;
}

/** The runtime as a Nest module. It starts when the application is up and drains when it goes down. */
@Module({})
export class DurableModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(private readonly runtime: DurableRuntime) {}

  /** `imports` must provide {@link DURABLE_STORE} and {@link DURABLE_LOGGER}. */
  static forRoot(options: { readonly imports: ModuleMetadata['imports'] }): DynamicModule {
    return {
      module: DurableModule,
      global: true,
      imports: options.imports ?? [],
      providers: [
        { provide: CRASH_POINTS, useValue: noCrashPoints },
        {
          provide: DurableRuntime,
          inject: [DURABLE_STORE, DURABLE_LOGGER, CRASH_POINTS],
          useFactory: (store: DurableStore, logger: DurableLogger, crashPoints: CrashPoints) =>
            new DurableRuntime({ store, logger, crashPoints }),
        },
      ],
      exports: [DurableRuntime],
    };
  }

  /** Registers a machine and provides its typed handle under `handleOf(machineId)`. */
  static forFeature<TMachine extends AnyStateMachine>(options: FeatureOptions<TMachine>): DynamicModule {
    const token = handleOf(options.machineId);
    return {
      module: DurableFeature,
      imports: options.imports ?? [],
      providers: [
        {
          provide: token,
          inject: [DurableRuntime, ...(options.inject ?? [])],
          useFactory: (runtime: DurableRuntime, ...injected: never[]) =>
            new DurableHandle<TMachine>(runtime, runtime.register(options.useFactory(...injected))),
        },
      ],
      exports: [token],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.runtime.start();
  }

  /** After the servers have closed: no request is under way any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.runtime.stop();
  }
}

@Module({})
class DurableFeature {}

import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type InjectionToken,
  type OnApplicationBootstrap,
  type ModuleMetadata,
} from '@nestjs/common';
import type { AnyStateMachine } from 'xstate';
import { noCrashPoints, type CrashPoints } from './crash-point.js';
import { CRASH_POINTS, DURABLE_LOGGER, DURABLE_STORE, handleOf } from './durable.tokens.js';
import { DurableHandle } from './handle.js';
import type { DurableLogger } from './logger.port.js';
import type { DurableMachineOptions } from './machine.registration.js';
import { DurableRuntime } from './runtime.js';
import type { DurableStore } from './store.port.js';

export interface FeatureOptions<TMachine extends AnyStateMachine> {
  readonly machineId: string;
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: InjectionToken[];
  /** Makes the registration, with what was injected: that is how activities get their clients. */
  readonly useFactory: (...injected: never[]) => DurableMachineOptions<TMachine>;
}

export interface RootOptions {
  /** Must provide {@link DURABLE_STORE} and {@link DURABLE_LOGGER}. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** False: the application calls `DurableRuntime.start()` itself, say once it listens. Default true. */
  readonly autoStart?: boolean;
  /** Tests kill the process there. */
  readonly crashPoints?: CrashPoints;
}

const AUTO_START = Symbol('AUTO_START');

/** The runtime as a Nest module. It starts when the application is up, and drains before its connections are closed. */
@Module({})
export class DurableModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly runtime: DurableRuntime,
    @Inject(AUTO_START) private readonly autoStart: boolean,
  ) {}

  static forRoot(options: RootOptions): DynamicModule {
    return {
      module: DurableModule,
      global: true,
      imports: options.imports,
      providers: [
        { provide: AUTO_START, useValue: options.autoStart ?? true },
        { provide: CRASH_POINTS, useValue: options.crashPoints ?? noCrashPoints },
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
    if (this.autoStart) await this.runtime.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runtime.stop();
  }
}

@Module({})
class DurableFeature {}

import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type FactoryProvider,
  type InjectionToken,
  type OnApplicationBootstrap,
  type ModuleMetadata,
} from '@nestjs/common';
import type { AnyStateMachine } from 'xstate';
import { type CrashPoints, noCrashPoints } from '../model/crash-points.js';
import { DURABLE_LOGGER, DURABLE_STORE, handleOf } from './durable-tokens.js';
import { DurableHandle } from '../handle/durable-handle.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { DurableMachineOptions } from '../machine/machine-registration.js';
import { DurableRuntime, type RuntimeOptions } from '../runtime/durable-runtime.js';
import type { RuntimeObserver } from '../model/runtime-observer.js';
import type { DurableStore } from '../model/store.port.js';

interface Starting {
  /** False: the application calls `DurableRuntime.start()` itself, say once it listens. Default true. */
  readonly autoStart?: boolean;
}

/** The runtime's own options. Whoever opened the store closes it, in `onApplicationShutdown` at the earliest. */
export interface DurableOptions extends RuntimeOptions, Starting {}

/** The store comes from a module of the application's. */
export interface DurableImports extends Starting {
  /** Must provide {@link DURABLE_STORE} and {@link DURABLE_LOGGER}. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Tests kill the process there. */
  readonly crashPoints?: CrashPoints;
  /** Is told what happens, for metrics and traces. */
  readonly observer?: RuntimeObserver;
}

/** What is injected is only known to Nest: the factory's own parameter types say what it expects. */
interface Factory<T> {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: InjectionToken[];
  readonly useFactory: (...injected: never[]) => T;
}

export type DurableAsyncOptions = Factory<DurableOptions | Promise<DurableOptions>>;

/** One machine: its current version, and those before it that actors may still be on. */
export interface MachineVersions<TMachine extends AnyStateMachine> extends DurableMachineOptions<TMachine> {
  /**
   * Their actors stay on them, unless `migrations` lead from there to the current one. New actors start on the current one,
   * in whatever order the application's modules are wired.
   */
  readonly earlier?: readonly DurableMachineOptions<AnyStateMachine>[];
}

/** A machine whose registration needs something injected: that is how activities get their clients. */
export interface FeatureOptions<TMachine extends AnyStateMachine> extends Factory<MachineVersions<TMachine>> {
  readonly machineId: string;
}

const OPTIONS = Symbol('DURABLE_OPTIONS');

/**
 * The runtime as a Nest module: `forRoot` or `forRootAsync` once, `forFeature` for each machine, then
 * `@Inject(handleOf('loan')) loans: DurableHandle<typeof loanMachine>`. It starts when the application is up, and drains
 * before the application's connections are closed.
 */
@Module({})
export class DurableModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly runtime: DurableRuntime,
    @Inject(OPTIONS) private readonly options: DurableOptions,
  ) {}

  static forRoot(options: DurableOptions | DurableImports): DynamicModule {
    if ('store' in options) return DurableModule.forRootAsync({ useFactory: () => options });
    const { imports, ...rest } = options;
    return DurableModule.forRootAsync({
      imports,
      inject: [DURABLE_STORE, DURABLE_LOGGER],
      useFactory: (store: DurableStore, logger: DurableLogger) => ({
        crashPoints: noCrashPoints,
        ...rest,
        store,
        logger,
      }),
    });
  }

  static forRootAsync({ imports = [], inject = [], useFactory }: DurableAsyncOptions): DynamicModule {
    return {
      module: DurableModule,
      global: true,
      imports,
      providers: [
        { provide: OPTIONS, inject, useFactory },
        {
          provide: DurableRuntime,
          inject: [OPTIONS],
          useFactory: (options: DurableOptions) => new DurableRuntime(options),
        },
      ],
      exports: [DurableRuntime],
    };
  }

  /**
   * Registers machines, and provides the typed handle of each under `handleOf(machine.id)`, for actors of all its versions.
   * @param features one machine with its options, one that is made of what is injected, or a list of bare machines.
   */
  static forFeature<TMachine extends AnyStateMachine>(
    features: MachineVersions<TMachine> | FeatureOptions<TMachine> | readonly AnyStateMachine[],
  ): DynamicModule {
    if (!('machine' in features || 'useFactory' in features)) {
      return featureOf(features.map((machine) => handleProvider(plain({ machine }))));
    }
    const feature = 'machine' in features ? plain(features) : features;
    return featureOf([handleProvider(feature)], feature.imports);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.options.autoStart ?? true) await this.runtime.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runtime.stop();
  }
}

@Module({})
class DurableFeature {}

function plain<TMachine extends AnyStateMachine>(options: MachineVersions<TMachine>): FeatureOptions<TMachine> {
  return { machineId: options.machine.id, useFactory: () => options };
}

function featureOf(providers: FactoryProvider[], imports: ModuleMetadata['imports'] = []): DynamicModule {
  return { module: DurableFeature, imports, providers, exports: providers.map(({ provide }) => provide) };
}

function handleProvider<TMachine extends AnyStateMachine>(feature: FeatureOptions<TMachine>): FactoryProvider {
  const { machineId, inject = [], useFactory } = feature;
  return {
    provide: handleOf(machineId),
    inject: [DurableRuntime, ...inject],
    useFactory: (runtime: DurableRuntime, ...injected: never[]) => {
      const { earlier = [], ...current } = useFactory(...injected);
      for (const { machine } of [current, ...earlier]) {
        if (machine.id !== machineId)
          throw new Error(`The machine registered as ${machineId} calls itself ${machine.id}.`);
      }
      for (const version of earlier) runtime.register({ ...version, current: false });
      // A list of earlier ones says which one is current; without one the registration itself does, if it likes.
      const registered = runtime.register(earlier.length === 0 ? current : { ...current, current: true });
      return new DurableHandle<TMachine>(runtime, registered);
    },
  };
}

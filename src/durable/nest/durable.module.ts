/**
 * The runtime as a Nest module: `forRoot` or `forRootAsync` once, and `forFeature` or `forFeatureAsync` for each machine.
 * A class injects a machine's handle with `@InjectHandle('loan') loans: DurableHandle<typeof loanMachine>`.
 *
 * The runtime starts when the application is up, and drains before the application's connections are closed.
 * Leaves to others: opening and closing the store.
 */
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
import type { DurableLogger } from '../model/logger.port.js';
import type { DurableStore } from '../model/store.port.js';
import type { DurableMachineOptions } from '../machine/machine-registration.js';
import { DurableRuntime } from '../runtime/durable-runtime.js';
import type { RuntimeOptions } from '../runtime/runtime-options.js';
import { DurableHandle } from '../handle/durable-handle.js';
import { DURABLE_LOGGER, DURABLE_STORE, handleOf } from './durable-tokens.js';

interface StartOptions {
  /** False: the application calls `DurableRuntime.start()` itself, for example once it listens. Default: true. */
  readonly autoStart?: boolean;
}

/** Close the store in `onApplicationShutdown` at the earliest: the runtime uses it until then. */
export interface DurableOptions extends RuntimeOptions, StartOptions {}

/** The store and the logger come from a module of the application. */
export interface DurableImports extends Omit<RuntimeOptions, 'store' | 'logger'>, StartOptions {
  /** Must provide {@link DURABLE_STORE} and {@link DURABLE_LOGGER}. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
}

/** Only Nest knows what is injected. The factory's own parameter types say what it expects. */
interface AsyncOptions<T> {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: InjectionToken[];
  readonly useFactory: (...injected: never[]) => T | Promise<T>;
}

export type DurableAsyncOptions = AsyncOptions<DurableOptions>;

/** The current version of a machine, and earlier ones that actors may still run on. */
export interface MachineVersions<TMachine extends AnyStateMachine> extends DurableMachineOptions<TMachine> {
  /** Their actors stay on them, unless `migrations` lead to the current version. New actors start on the current version. */
  readonly earlier?: readonly DurableMachineOptions<AnyStateMachine>[];
}

/** For a machine whose activities need injected clients. */
export interface FeatureAsyncOptions<TMachine extends AnyStateMachine> extends AsyncOptions<MachineVersions<TMachine>> {
  readonly machineId: string;
}

const OPTIONS = Symbol('DURABLE_OPTIONS');

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
      useFactory: (store: DurableStore, logger: DurableLogger) => ({ ...rest, store, logger }),
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

  /** Registers one machine with its options, or a list of machines with none. Exports the handle of each. */
  static forFeature<TMachine extends AnyStateMachine>(
    machines: MachineVersions<TMachine> | readonly AnyStateMachine[],
  ): DynamicModule {
    if ('machine' in machines) {
      return DurableModule.forFeatureAsync({ machineId: machines.machine.id, useFactory: () => machines });
    }
    return featureOf(machines.map((machine) => handleProvider(machine.id, [], () => ({ machine }))));
  }

  /** Registers one machine with options that are made of what is injected. Exports its handle. */
  static forFeatureAsync<TMachine extends AnyStateMachine>({
    machineId,
    imports = [],
    inject = [],
    useFactory,
  }: FeatureAsyncOptions<TMachine>): DynamicModule {
    return featureOf([handleProvider(machineId, inject, useFactory)], imports);
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

function featureOf(providers: FactoryProvider[], imports: NonNullable<ModuleMetadata['imports']> = []): DynamicModule {
  return { module: DurableFeature, imports, providers, exports: providers.map(({ provide }) => provide) };
}

function handleProvider<TMachine extends AnyStateMachine>(
  machineId: string,
  inject: InjectionToken[],
  useFactory: FeatureAsyncOptions<TMachine>['useFactory'],
): FactoryProvider {
  return {
    provide: handleOf(machineId),
    inject: [DurableRuntime, ...inject],
    useFactory: async (runtime: DurableRuntime, ...injected: never[]) => {
      const { earlier = [], ...current } = await useFactory(...injected);
      for (const { machine } of [current, ...earlier]) {
        if (machine.id !== machineId)
          throw new Error(`The machine registered as ${machineId} calls itself ${machine.id}.`);
      }
      for (const version of earlier) runtime.register({ ...version, current: false });
      // With earlier versions beside it, this one is current; without, the registration may say so itself.
      const registered = runtime.register(earlier.length === 0 ? current : { ...current, current: true });
      return new DurableHandle<TMachine>(runtime, registered);
    },
  };
}

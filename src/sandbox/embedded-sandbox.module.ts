import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { createSandbox } from './sandbox-factory.js';
import type { RunningSandbox, SandboxOptions } from './sandbox-options.js';

/** Injects the `RunningSandbox` inside the order service's process, or null when the settings ask for none. */
export const EMBEDDED_SANDBOX = Symbol('EMBEDDED_SANDBOX');

/** Starts the partners before the first call to them and stops them after the last one. */
@Module({})
export class EmbeddedSandboxModule implements OnApplicationShutdown {
  constructor(@Inject(EMBEDDED_SANDBOX) private readonly sandbox: RunningSandbox | null) {}

  static forRoot(options: SandboxOptions | null): DynamicModule {
    return {
      module: EmbeddedSandboxModule,
      global: true,
      providers: [{ provide: EMBEDDED_SANDBOX, useFactory: () => (options === null ? null : createSandbox(options)) }],
      exports: [EMBEDDED_SANDBOX],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sandbox?.close();
  }
}

import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { createSandbox } from './sandbox-factory.js';
import type { RunningSandbox, SandboxOptions } from './sandbox-options.js';

/** The partner services inside the order service's process: a `RunningSandbox`, or null when none is wanted. */
export const EMBEDDED_SANDBOX = Symbol('EMBEDDED_SANDBOX');

/** Starts the partners before anybody can call them and ends them after the last call. */
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

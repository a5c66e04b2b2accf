import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { SandboxStore } from '../store/sandbox-store.js';
import { WarehouseService } from './warehouse.service.js';

const SWEEP_EVERY_MS = 1_000;

/** Puts the stock of expired reservations back. Deadlines are absolute, so a later sweep makes up for a missed one. */
@Injectable()
export class ExpirySweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Sandbox');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: SandboxStore,
    private readonly stock: WarehouseService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.store.write((tx) => this.stock.expireDue(tx)).catch((error: unknown) => this.logger.error(error));
    }, SWEEP_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}

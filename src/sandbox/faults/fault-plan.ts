import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { SandboxStore } from '../store/sandbox-store.js';
import { FaultRow } from './fault.entity.js';
import type { Fault } from './fault-schema.js';

type Line = Pick<FaultRow, 'position' | 'plan' | 'remaining'>;

/** What the plan has in store for one call. */
export interface Trouble {
  readonly latencyMs: number;
  /** How the call breaks; absent when it is only slow. */
  readonly breakage?: Fault;
}

/** The fault plan. Read from memory at every call; every change, each used-up `times` included, is in the database first. */
@Injectable()
export class FaultPlan implements OnModuleInit {
  private lines: Line[] = [];

  constructor(private readonly store: SandboxStore) {}

  async onModuleInit(): Promise<void> {
    this.lines = await this.store.read((manager) => manager.find(FaultRow, { order: { position: 'ASC' } }));
  }

  /** The plan as it was put, each line with the calls it still applies to (null: for ever). */
  list(): (Fault & { remaining: number | null })[] {
    return this.lines.map((line) => ({ ...line.plan, remaining: line.remaining }));
  }

  async replace(plan: readonly Fault[]): Promise<void> {
    const lines = plan.map((fault, position) => ({ position, plan: fault, remaining: fault.times ?? null }));
    await this.store.write(async ({ manager }) => {
      await manager.clear(FaultRow);
      if (lines.length > 0) await manager.insert(FaultRow, lines);
    });
    this.lines = lines;
  }

  /** Adds up every latency that fits and takes the first breakage that fits. `orders` is asked only when a line names an order. */
  async take(operation: string, orders: () => Promise<readonly string[]>): Promise<Trouble> {
    const fitting = this.lines.filter((line) => fitsOperation(line.plan, operation));
    if (fitting.length === 0) return { latencyMs: 0 };
    const about = fitting.some((line) => line.plan.orderId !== undefined) ? await orders() : [];
    // Other calls may have used lines up, or replaced the plan, while the order was looked up.
    const live = fitting.filter(
      (line) => this.lines.includes(line) && line.remaining !== 0 && fitsOrder(line.plan, about),
    );
    const breaking = live.find((line) => line.plan.kind !== 'latency');
    const taken = live.filter((line) => line.plan.kind === 'latency' || line === breaking);
    await this.use(taken);
    const latencyMs = taken.reduce((sum, line) => sum + (line.plan.latencyMs ?? 0), 0);
    return breaking === undefined ? { latencyMs } : { latencyMs, breakage: breaking.plan };
  }

  private async use(taken: readonly Line[]): Promise<void> {
    const counted = taken.filter((line) => line.remaining !== null);
    if (counted.length === 0) return;
    for (const line of counted) line.remaining = (line.remaining ?? 1) - 1;
    await this.store.write(async ({ manager }) => {
      for (const line of counted) {
        if (!this.lines.includes(line)) continue;
        await manager.update(FaultRow, { position: line.position }, { remaining: line.remaining });
      }
    });
  }
}

function fitsOperation(fault: Fault, operation: string): boolean {
  return operation.startsWith(`${fault.service}.`) && (fault.operation === undefined || fault.operation === operation);
}

function fitsOrder(fault: Fault, orders: readonly string[]): boolean {
  return fault.orderId === undefined || orders.includes(fault.orderId);
}

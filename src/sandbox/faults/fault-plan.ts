import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { SandboxStore } from '../store/sandbox-store.js';
import { FaultRow } from './fault.entity.js';
import type { Fault } from './fault-schema.js';

type Line = Pick<FaultRow, 'position' | 'plan' | 'remaining'>;

/** The faults that apply to one call. */
export interface CallFaults {
  readonly latencyMs: number;
  /** How the call fails; absent when it is only slow. */
  readonly failure?: Fault;
}

/** Keeps the fault plan. Calls read it from memory. The database stores every change and every count of `times`. */
@Injectable()
export class FaultPlan implements OnModuleInit {
  private lines: Line[] = [];

  constructor(private readonly store: SandboxStore) {}

  async onModuleInit(): Promise<void> {
    this.lines = await this.store.read((manager) => manager.find(FaultRow, { order: { position: 'ASC' } }));
  }

  /** Returns the plan in its order. `remaining` counts the calls that a line still applies to; null means all calls. */
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

  /** Adds up all matching latencies and takes the first matching failure. Calls `orders` only when a line names an order. */
  async take(operation: string, orders: () => Promise<readonly string[]>): Promise<CallFaults> {
    const fitting = this.lines.filter((line) => fitsOperation(line.plan, operation));
    if (fitting.length === 0) return { latencyMs: 0 };
    const about = fitting.some((line) => line.plan.orderId !== undefined) ? await orders() : [];
    // During the lookup of the order, other calls may have used lines up or replaced the plan.
    const live = fitting.filter(
      (line) => this.lines.includes(line) && line.remaining !== 0 && fitsOrder(line.plan, about),
    );
    const breaking = live.find((line) => line.plan.kind !== 'latency');
    const taken = live.filter((line) => line.plan.kind === 'latency' || line === breaking);
    await this.use(taken);
    const latencyMs = taken.reduce((sum, line) => sum + (line.plan.latencyMs ?? 0), 0);
    return breaking === undefined ? { latencyMs } : { latencyMs, failure: breaking.plan };
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

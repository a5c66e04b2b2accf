/** Runs many worlds on several processors: worlds share nothing, so each process simply takes its share of them. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Violation } from './auditor.js';
import type { Mutant } from './mutants.js';
import type { WorldReport } from './world.js';
import { DAY } from './world-time.js';

export interface SimulationOptions {
  readonly seed: number;
  readonly orders: number;
  readonly ordersPerWorld: number;
  readonly processes: number;
  /** Only this world of the run: how a violation is replayed. */
  readonly world?: number | undefined;
  readonly mutant?: Mutant | null | undefined;
  /** Faults that are not injected, e.g. `claim lostAnswer`. */
  readonly spared?: readonly string[];
  readonly onReport?: (report: ChildReport) => void;
}

export interface ChildOrder {
  readonly seed: number;
  readonly worlds: readonly number[];
  readonly ordersPerWorld: number;
  readonly mutant: Mutant | null;
  readonly spared: readonly string[];
}

interface ChildReport extends WorldReport {
  readonly world: number;
  readonly cpuMs: number;
}

export interface SimulationResult {
  readonly reports: readonly ChildReport[];
  readonly violations: readonly (Violation & { readonly world: number })[];
  readonly seconds: number;
}

/**
 * Each process has a processor to itself, so its garbage is collected there. V8 takes the many short-lived actors for
 * long-lived ones and allocates them as such, with all that hangs on them: not here.
 */
const NODE_FLAGS = ['--single-threaded-gc', '--max-semi-space-size=64', '--no-allocation-site-pretenuring'];

/** @param child path of the compiled simulation-child.ts. @throws Error when a process ends otherwise than by itself. */
export async function simulate(child: string, options: SimulationOptions): Promise<SimulationResult> {
  const { seed, orders, ordersPerWorld, world, mutant = null, spared = [] } = options;
  const worlds =
    world === undefined ? Array.from({ length: Math.ceil(orders / ordersPerWorld) }, (_, at) => at) : [world];
  const started = process.hrtime.bigint();
  const processes = Math.min(options.processes, worlds.length);
  const shares = Array.from({ length: processes }, (_, share) =>
    worlds.filter((_world, at) => at % processes === share),
  );
  const reports = await Promise.all(
    shares.map((share) => runChild(child, { seed, worlds: share, ordersPerWorld, mutant, spared }, options.onReport)),
  );
  const all = reports.flat().sort((one, other) => one.world - other.world);
  return {
    reports: all,
    violations: all.flatMap((report) => report.violations.map((violation) => ({ ...violation, world: report.world }))),
    seconds: Number(process.hrtime.bigint() - started) / 1e9,
  };
}

function runChild(
  child: string,
  order: ChildOrder,
  onReport: ((report: ChildReport) => void) | undefined,
): Promise<ChildReport[]> {
  return new Promise((resolve, reject) => {
    const reports: ChildReport[] = [];
    const running = spawn(process.execPath, [...NODE_FLAGS, child, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: running.stdout }).on('line', (line) => {
      const report = JSON.parse(line) as ChildReport; // written by simulation.child.ts
      reports.push(report);
      onReport?.(report);
    });
    running.once('error', reject);
    running.once('close', (code) => {
      if (code === 0) resolve(reports);
      else reject(new Error(`A process of the simulation ended with ${code ?? 'a signal'}.`));
    });
  });
}

/** The figures of a run in words. */
export function summary(seed: number, { reports, seconds }: SimulationResult): string {
  const sum = (of: (report: ChildReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const faults: Record<string, number> = {};
  const outcomes: Record<string, number> = {};
  for (const report of reports) {
    for (const [name, count] of Object.entries(report.faults)) faults[name] = (faults[name] ?? 0) + count;
    for (const [name, count] of Object.entries(report.outcomes)) outcomes[name] = (outcomes[name] ?? 0) + count;
  }
  const crashes = Object.entries(faults).reduce((total, [name, count]) => total + (/^crash/.test(name) ? count : 0), 0);
  const orders = sum((report) => report.orders);
  const cpuSeconds = sum((report) => report.cpuMs) / 1_000;
  return [
    `simulator: seed ${seed}, ${reports.length} worlds, ${orders} orders, ${Math.round(sum((report) => report.simulatedMs) / DAY)} simulated days`,
    `  ${sum((report) => report.commits)} commits, ${sum((report) => report.historyRows)} facts, ${sum((report) => report.timersFired)} timers fired, ${sum((report) => report.events)} events answered, ${sum((report) => report.repeatedCalls)} calls repeated under their key, ${sum((report) => report.conflicts)} races lost`,
    `  ${crashes} crashes; faults ${JSON.stringify(faults)}`,
    `  outcomes ${JSON.stringify(outcomes)}`,
    `  ${seconds.toFixed(1)} s, ${Math.round(orders / seconds)} orders/s; ${cpuSeconds.toFixed(1)} s of processor, ${Math.round(orders / cpuSeconds)} orders per processor second`,
  ].join('\n');
}

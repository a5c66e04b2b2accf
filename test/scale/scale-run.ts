import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StoreConfig } from '../../src/store/store-config.js';
import { createStore } from '../../src/store/store-factory.js';
import { StoreAudit } from '../support/store-audit.js';
import { waitUntil } from '../support/wait-until.js';
import { fillWithParkedOrders } from './parked-orders.js';
import { ScaleProcess } from './scale-process.js';

export interface ParkedMeasure {
  readonly parked: number;
  readonly firstOrderMs: number;
  readonly rssBytes: number;
  readonly bytesPerOrder: number;
}

export interface FiringReport {
  readonly deadlines: number;
  /** Fired before their own time. */
  readonly firedEarly: number;
  readonly firedTwice: number;
  readonly neverFired: number;
  /** Each with its order wound up: the payment voided, the reservation released, the order ended. */
  readonly perSecond: number;
  readonly rssBytes: number;
  readonly violations: readonly string[];
}

const STARTS = 3;
const MB = 2 ** 20;
/** The parked orders' first deadline, and how far the groups lie apart. */
const FIRST_MS = 24 * 3_600_000;
const SPREAD_MS = 60_000;
const FIRING_MS = 900_000;
const PAYMENT_TIMERS = `SELECT actor_id, count(*) AS times, min(at) AS at, max(data ->> 'dueAt') AS due
FROM history_rows WHERE type = 'timer.fired' AND data ->> 'event' LIKE '%paymentTimeout%' GROUP BY actor_id`;

/** A database file that grows: how it starts, and how its deadlines fire. */
export class ParkedScale {
  private readonly dueAts: number[] = [];
  private readonly base = Date.now();

  private constructor(private readonly folder: string) {}

  static async open(): Promise<ParkedScale> {
    return new ParkedScale(await mkdtemp(path.join(tmpdir(), 'orders-scale-')));
  }

  /** Parks more orders until there are so many; deadlines are spread over a minute, a day from now. */
  async growTo(parked: number): Promise<void> {
    const opened = await createStore(this.config);
    const first = this.base + FIRST_MS;
    const more = Array.from({ length: parked - this.dueAts.length }, (_, index) => {
      return first + Math.floor(((this.dueAts.length + index) * 7_919) % SPREAD_MS);
    });
    await fillWithParkedOrders(opened.store, more);
    await opened.close();
    this.dueAts.push(...more);
  }

  /** The median of some starts, the clock standing long before every deadline. */
  async measure(): Promise<ParkedMeasure> {
    const starts: { firstOrderMs: number; rssBytes: number }[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const child = await ScaleProcess.start({ store: this.config, aheadMs: 0 });
      starts.push({ firstOrderMs: child.firstOrderMs, rssBytes: await child.rssBytes() });
      await child.kill();
    }
    const parked = this.dueAts.length;
    return {
      parked,
      firstOrderMs: median(starts.map(({ firstOrderMs }) => firstOrderMs)),
      rssBytes: median(starts.map(({ rssBytes }) => rssBytes)),
      bytesPerOrder: parked === 0 ? 0 : Math.round((await stat(this.file)).size / parked),
    };
  }

  /**
   * Sets the clock forward to where `due` of the deadlines have come, kills the process half way, lets the next one fire
   * the rest, and counts.
   */
  async fire(due: number): Promise<FiringReport> {
    const sorted = this.dueAts.toSorted((a, b) => a - b);
    const until = sorted[due - 1] ?? this.base;
    const expected = sorted.filter((dueAt) => dueAt <= until).length;
    const aheadMs = until - Date.now();
    const first = await ScaleProcess.start({ store: this.config, aheadMs });
    await endedOf(first, Math.floor(expected / 2));
    await first.kill();
    const left = await this.audit(async (rows) => expected - (await rows.all(PAYMENT_TIMERS)).length);

    const started = performance.now();
    const second = await ScaleProcess.start({ store: this.config, aheadMs });
    await endedOf(second, left);
    const seconds = (performance.now() - started) / 1_000;
    const rssBytes = await second.rssBytes();
    await second.kill();

    return this.audit(async (rows) => {
      const fired = await rows.all<{ times: number; at: number; due: number }>(PAYMENT_TIMERS);
      return {
        deadlines: fired.length,
        firedEarly: fired.filter(({ at, due }) => at < due).length,
        firedTwice: fired.filter(({ times }) => times > 1).length,
        // The clock goes on meanwhile, so that later deadlines may have come too.
        neverFired: expected - fired.filter(({ due }) => due <= until).length,
        perSecond: Math.round(left / seconds),
        rssBytes,
        violations: await rows.violations(),
      };
    });
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private get config(): StoreConfig {
    return { type: 'sqlite', path: this.file };
  }

  private get file(): string {
    return path.join(this.folder, 'orders.db');
  }

  private async audit<T>(ask: (rows: StoreAudit) => Promise<T>): Promise<T> {
    const rows = await StoreAudit.open(this.file);
    try {
      return await ask(rows);
    } finally {
      await rows.close();
    }
  }
}

async function endedOf(child: ScaleProcess, count: number): Promise<void> {
  const look = async (): Promise<true | null> => ((await child.ended()) >= count ? true : null);
  await waitUntil(`${count} orders to end`, look, FIRING_MS);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

export function describeMeasures(measures: readonly ParkedMeasure[]): string {
  return measures
    .map(
      ({ parked, firstOrderMs, rssBytes, bytesPerOrder }) =>
        `  ${String(parked).padStart(7)} parked: first new order after ${firstOrderMs.toFixed(0)} ms, ` +
        `${(rssBytes / MB).toFixed(1)} MB resident, ${bytesPerOrder} bytes of file per order\n`,
    )
    .join('');
}

export function describeFiring(report: FiringReport): string {
  return (
    `  ${report.deadlines} deadlines fired, killed half way: ${report.firedEarly} early, ${report.firedTwice} twice, ` +
    `${report.neverFired} never; ${report.perSecond} a second with the order wound up, ` +
    `${(report.rssBytes / MB).toFixed(1)} MB resident afterwards\n`
  );
}

import { VirtualClock, settle } from '../../durable/testing.js';
import type { Backlog, StoreStats, StoreStatsSource } from '../../durable/index.js';
import { parseExposition, total } from '../../../test/support/exposition.js';
import { StoreStatsGauges } from './store-stats-gauges.js';
import { MetricSet } from './metric-set.js';

const STATS: StoreStats = {
  actors: [
    { machineId: 'order', runtimeStatus: 'running', status: 'AwaitingPayment', count: 3 },
    { machineId: 'order', runtimeStatus: 'suspended', status: 'AwaitingPayment', count: 1 },
  ],
  incidents: [{ machineId: 'order', kind: 'machine_waits', count: 2, oldestOpenedAt: 0 }],
  stuckActors: 4,
};

class Source implements StoreStatsSource {
  asked = 0;
  answer: () => Promise<StoreStats> = () => Promise.resolve(STATS);
  due: Backlog = { tasks: 0, oldestTimerDueAt: null };

  stats(): Promise<StoreStats> {
    this.asked += 1;
    return this.answer();
  }
  backlog(): Promise<Backlog> {
    return Promise.resolve(this.due);
  }
  schemaVersion(): Promise<string> {
    return Promise.resolve('');
  }
}

describe('StoreStatsGauges', () => {
  const setUp = () => {
    const clock = new VirtualClock();
    const source = new Source();
    const metrics = new MetricSet();
    const gauges = new StoreStatsGauges({ metrics, source, clock });
    const read = async () => parseExposition(await metrics.registry.metrics());
    return { clock, source, gauges, read };
  };

  it('show the stats of the database', async () => {
    const { clock, source, gauges, read } = setUp();
    source.due = { tasks: 7, oldestTimerDueAt: clock.now() - 1_500 };
    await gauges.refresh();
    const shown = await read();
    expect(total(shown, 'durable_actors_open', { status: 'AwaitingPayment' })).toBe(4);
    expect(total(shown, 'durable_actors_open', { runtime_status: 'suspended' })).toBe(1);
    expect(total(shown, 'durable_incidents_open', { kind: 'machine_waits' })).toBe(2);
    expect(total(shown, 'durable_incidents_oldest_age_seconds')).toBe(clock.now() / 1_000);
    expect(total(shown, 'durable_actors_stuck')).toBe(4);
    expect(total(shown, 'durable_tasks_due')).toBe(7);
    expect(total(shown, 'durable_timer_lag_seconds')).toBe(1.5);
    expect(total(shown, 'durable_store_up')).toBe(1);
  });

  it('query once for parallel callers, and again only after five seconds', async () => {
    const { clock, source, gauges } = setUp();
    await Promise.all([gauges.refresh(), gauges.refresh(), gauges.refresh()]);
    await clock.advance(4_999);
    await gauges.refresh();
    expect(source.asked).toBe(1);
    await clock.advance(1);
    await gauges.refresh();
    expect(source.asked).toBe(2);
  });

  it('query less often the longer the stats take, and bound the wait of their readers', async () => {
    const { clock, source, gauges, read } = setUp();
    let finish = (): void => undefined;
    source.answer = () => new Promise((resolve) => (finish = () => resolve(STATS)));
    const refreshing = gauges.refresh();
    await clock.advance(2_000);
    await refreshing;
    expect(total(await read(), 'durable_store_up')).toBe(0);
    expect((await read()).get('durable_actors_open')!.samples).toEqual([]);
    finish();
    await settle();
    expect(total(await read(), 'durable_actors_open')).toBe(4);
    await clock.advance(39_999);
    await gauges.refresh();
    expect(source.asked).toBe(1);
    await clock.advance(1);
    const again = gauges.refresh();
    finish();
    await again;
    expect(source.asked).toBe(2);
  });

  it('are absent while the database is unavailable', async () => {
    const { clock, source, gauges, read } = setUp();
    await gauges.refresh();
    source.answer = () => Promise.reject(new Error('away'));
    await clock.advance(5_000);
    await gauges.refresh();
    const shown = await read();
    expect(total(shown, 'durable_store_up')).toBe(0);
    for (const name of ['durable_actors_open', 'durable_actors_stuck', 'durable_timer_lag_seconds']) {
      expect(shown.get(name)!.samples).toEqual([]);
    }
  });
});

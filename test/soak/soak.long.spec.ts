import { describeSoak } from './soak-report.js';
import { runSoak } from './soak-run.js';

const KILLS = 100;

describe('A service that is killed again and again, at random instants', () => {
  it('loses nothing it acknowledged, ends every order, and has every effect once (G1, G4, G7)', async () => {
    const report = await runSoak({ kills: KILLS, customers: 20, seed: Date.now() % 1_000_000 });
    process.stdout.write(describeSoak(report));
    expect(report.lost).toEqual([]);
    expect(report.violations).toEqual([]);
    expect(report.kills.rising + report.kills.serving).toBe(KILLS);
    expect(report.kills.rising).toBeGreaterThan(0);
    expect(report.acknowledged).toBeGreaterThan(KILLS);
    expect(report.callbacks).toBeGreaterThan(0);
  });
});

import { registerCases } from '../support/register-cases.js';
import { describeSoak } from './soak-report.js';
import { runSoak } from './soak-run.js';

const KILLS = 100;

describe('A service under load that is killed at random instants', () => {
  it('a service that is killed 100 times loses nothing it acknowledged, ends every order and has each effect once (G1, G4, G7)', async () => {
    const report = await runSoak({ kills: KILLS, customers: 20, seed: Date.now() % 1_000_000 });
    process.stdout.write(describeSoak(report));
    expect(report.lost).toEqual([]);
    expect(report.violations).toEqual([]);
    registerCases(100, report.kills.rising + report.kills.serving);
    expect(report.kills.rising).toBeGreaterThan(0);
    expect(report.acknowledged).toBeGreaterThan(KILLS);
    expect(report.callbacks).toBeGreaterThan(0);
  });
});

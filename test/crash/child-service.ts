import 'reflect-metadata';
import { loadConfig } from '../../src/config/config-loader.js';
import type { CrashPoint, CrashPoints } from '../../src/durable/index.js';
import { startService } from '../../src/service.js';
import { endOnSignals } from '../../src/shutdown.js';
import type { CrashPlan } from '../support/service-process.js';

/** The order service with crash points that are armed: kills itself, as kill -9 would, where the plan says. */
class ArmedCrashPoints implements CrashPoints {
  private plan: CrashPlan | null = null;
  private count = 0;
  private recording = false;

  arm(plan: CrashPlan): void {
    this.plan = plan;
    this.count = 0;
  }

  record(): void {
    this.recording = true;
  }

  reach(point: CrashPoint, labels: readonly string[]): void {
    if (this.recording) for (const label of labels) process.send?.({ reached: { point, label } });
    const { plan } = this;
    if (plan?.point !== point || !labels.includes(plan.label)) return;
    this.count += 1;
    if (this.count < plan.nth) return;
    process.kill(process.pid, 'SIGKILL');
    // Not one instruction more: the signal may take a moment to arrive.
    for (;;);
  }
}

const crashPoints = new ArmedCrashPoints();
process.on('message', (message: { arm?: CrashPlan; record?: boolean; go?: boolean }) => {
  if (message.arm !== undefined) crashPoints.arm(message.arm);
  if (message.record === true) crashPoints.record();
  if (message.go === true) void go();
});
// A parent that is gone leaves nobody to stop us.
process.on('disconnect', () => process.exit(1));
process.send?.({ loaded: true });

async function go(): Promise<void> {
  try {
    const service = await startService(loadConfig(process.env), crashPoints);
    endOnSignals(service);
    process.send?.({ ready: service.url });
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    process.exitCode = 1;
  }
}

import type { SoakReport } from './soak-run.js';

export function describeSoak(report: SoakReport): string {
  const { kills, outcomes, lost, violations } = report;
  const ended = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  return [
    `soak: seed ${report.seed}, ${report.seconds} s`,
    `  kills         ${kills.rising + kills.serving} (${kills.serving} while serving, ${kills.rising} while starting and recovering)`,
    `  orders        ${report.orders} (${ended.join(', ')})`,
    `  acknowledged  ${report.acknowledged} orders, ${report.callbacks} payment callbacks`,
    `  asked again   ${report.repeats} effects, each of them had once`,
    `  lost          ${lost.length}`,
    `  violations    ${violations.length}`,
    ...[...lost, ...violations].slice(0, 50).map((line) => `    ${line}`),
    '',
  ].join('\n');
}

import { chartOf, type Chart, type ChartState } from '../../src/dashboard/chart/chart-model.js';
import { mermaidOf } from '../../src/dashboard/chart/chart-mermaid.js';
import { orderMachine } from '../../src/orders/machine/order/order-machine.js';
import { insideOf, overviewOf, waysOutOf } from './chart-parts.js';

/** docs/ORDER_MACHINE.md: the chart as it runs, one picture a status. */
export function orderMachineDocument(): string {
  const version = orderMachine.version ?? '1';
  const chart = chartOf(orderMachine, version);
  const tops = chart.states.filter(({ parent }) => parent === null);
  const children = new Map(
    chart.states
      .filter(({ type }) => type === 'machine')
      .map((box) => [box.name, box] as const)
      .reverse(),
  );
  return [
    '# The order machine',
    '',
    `Written by \`npm run docs\` from the machine that runs, version ${version}, by the code behind \`GET /machines/order.mmd\`. The`,
    'whole chart in one picture is `GET /machines/order.svg`, and the dashboard shows an order in it.',
    '',
    'The top states are the `status` that a client polls. A name after a colon is the activity that runs in a state. `[guard]` is a',
    'condition. "at once" needs no event.',
    '',
    '## Overview',
    '',
    ...picture(overviewOf(chart)),
    ...tops.flatMap((top) => statusPart(chart, top)),
    ...[...children.values()]
      .reverse()
      .flatMap((box) => [
        `## ${box.name} (child machine)`,
        '',
        `Invoked as \`${box.actor ?? ''}\`.`,
        '',
        ...picture(insideOf(chart, box.key)),
      ]),
  ].join('\n');
}

/** The part about one top state: its inside, and the transitions that leave it. */
export function statusPart(chart: Chart, top: ChartState): readonly string[] {
  const inside = insideOf(chart, top.key);
  const out = waysOutOf(chart, top.key);
  if (inside.states.length === 0 && out.length === 0) return [];
  const rows = out.map(({ source, target, label, guard }) => {
    const from = chart.states.find(({ key }) => key === source);
    const cells = [
      from?.key === top.key ? '' : (from?.name ?? ''),
      label,
      guard ?? '',
      (target ?? '').replace('/', ''),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `## ${top.name}`,
    '',
    ...(inside.states.length === 0 ? [] : picture(inside)),
    '| leaves from | on | if | for |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ];
}

function picture(chart: Chart): readonly string[] {
  return ['```mermaid', mermaidOf(chart).trimEnd(), '```', ''];
}

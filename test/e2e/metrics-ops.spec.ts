import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MetricSet } from '../../src/telemetry/metrics/metric-set.js';
import { parseExposition, type MetricFamily } from '../support/exposition.js';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Alert {
  readonly name: string;
  readonly expr: string;
  readonly severity: string;
  readonly summary: string;
  readonly description: string;
  readonly runbook: string;
}

/** The file keeps to one form, one key a line, so that it needs no parser of YAML. */
function readAlerts(): Alert[] {
  const [, ...blocks] = read('ops/alerts.yml').split(/^ {6}- alert: /m);
  return blocks.map((block) => {
    const key = (name: string) => new RegExp(`^ +${name}: '?(.*?)'?$`, 'm').exec(block)?.[1] ?? '';
    return {
      name: /^\S+/.exec(block)![0],
      expr: key('expr'),
      severity: key('severity'),
      summary: key('summary'),
      description: key('description'),
      runbook: key('runbook_url'),
    };
  });
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

interface Dashboard {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: string | { query: string } }[];
  };
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
}

const dashboard = JSON.parse(read('ops/grafana/orders.json')) as Dashboard; // its panels are checked below
const alerts = readAlerts();

const KEYWORDS = new Set([
  'by',
  'without',
  'on',
  'ignoring',
  'and',
  'or',
  'unless',
  'bool',
  'offset',
  'group_left',
  'group_right',
]);

/** Names of metrics in a PromQL expression, each with the labels its selector names. */
function metricsIn(expr: string): { readonly name: string; readonly labels: readonly string[] }[] {
  const grouped = expr.replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, ' ');
  const found = [...grouped.matchAll(/([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(\{[^}]*\}|\()?/g)];
  return found
    .filter(([, name, next]) => next !== '(' && !KEYWORDS.has(name!) && !insideBraces(grouped, name!))
    .map(([, name, selector]) => ({
      name: name!,
      labels: [...(selector ?? '').matchAll(/([a-zA-Z_]\w*)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label!),
    }));
}

/** A duration ([5m], [$__rate_interval]) is no metric. */
function insideBraces(expr: string, name: string): boolean {
  return !new RegExp(`(^|[^\\w$\\[])${name}(?![\\w\\]])`).test(
    expr.replace(/\[[^\]]*\]/g, '').replace(/\{[^}]*\}/g, ' '),
  );
}

const groupsIn = (expr: string): string[] =>
  [...expr.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, labels]) => labels!.split(',').map((label) => label.trim()));

/** Prometheus' own. */
const TARGET_LABELS = ['job', 'instance'];

describe('Alerts, dashboard and run-book', () => {
  let families: ReadonlyMap<string, MetricFamily>;
  /** Of a metric, whether it has samples yet or not. */
  const labelsOf = new Map<string, readonly string[]>();

  beforeAll(async () => {
    const { registry } = new MetricSet();
    families = parseExposition(await registry.metrics());
    for (const metric of registry.getMetricsAsArray()) {
      const { labelNames } = metric as unknown as { labelNames: readonly string[] }; // the library does not type it
      labelsOf.set(metric.name, labelNames);
    }
  });

  const familyOf = (name: string): MetricFamily | undefined => {
    const histogram = families.get(name.replace(/_(bucket|sum|count)$/, ''));
    return families.get(name) ?? (histogram?.type === 'histogram' ? histogram : undefined);
  };
  const expectKnown = (expr: string) => {
    const metrics = metricsIn(expr);
    expect([expr, metrics.length]).not.toEqual([expr, 0]);
    for (const { name, labels } of metrics) {
      if (name === 'up') continue;
      const family = familyOf(name);
      expect([name, family === undefined]).toEqual([name, false]);
      const known = [...labelsOf.get(family!.name)!, ...TARGET_LABELS];
      for (const label of labels) expect(known).toContain(label);
    }
    const all = metrics.flatMap(({ name }) => labelsOf.get(familyOf(name)?.name ?? '') ?? []);
    for (const label of groupsIn(expr)) expect([...all, ...TARGET_LABELS, 'le']).toContain(label);
  };

  it('the check finds the metrics of an expression', () => {
    const expr = 'sum by (le) (rate(a_bucket{x="y(z)", w=~"v"}[5m])) / on (b) c_total offset 5m > 0.5 or vector(0)';
    expect(metricsIn(expr)).toEqual([
      { name: 'a_bucket', labels: ['x', 'w'] },
      { name: 'c_total', labels: [] },
    ]);
    expect(groupsIn(expr)).toEqual(['le']);
    expect(() => expectKnown('durable_unknown_total > 0')).toThrow();
    expect(() => expectKnown('durable_actors_open{color="red"} > 0')).toThrow();
    expect(() => expectKnown('sum by (color) (durable_actors_open)')).toThrow();
  });

  it('each alert uses metrics and labels that exist, and has a severity, words and a link into the run-book', () => {
    expect(alerts.length).toBeGreaterThan(15);
    expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
    for (const { name, expr, severity, summary, description, runbook } of alerts) {
      expectKnown(expr);
      expect(['critical', 'warning']).toContain(severity);
      expect(summary).toMatch(/^[A-Z].+\.$/);
      expect(description).toMatch(/\.$/);
      expect(runbook).toBe(`docs/RUNBOOK.md#${name.toLowerCase()}`);
    }
  });

  it('the run-book says for each alert what it means, where to look and what to do, and has no other alert', () => {
    const sections = read('docs/RUNBOOK.md').split(/^### /m).slice(1);
    expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(alerts.map(({ name }) => name));
    for (const section of sections) {
      expect(section.split('\n## ', 1)[0]).toMatch(
        /^\w+\n\n\*\*Means\.\*\* \S[^]+\n\*\*Look\.\*\* \S[^]+\n\*\*Do\.\*\* \S[^]+\.\n/,
      );
    }
    const named = read('docs/RUNBOOK.md').matchAll(/`((?:durable|http_server)_[a-z_]+)`/g);
    for (const [, name] of named) expect([name, familyOf(name!) === undefined]).toEqual([name, false]);
  });

  it('each panel uses metrics and labels that exist, and has a title, words, a unit and the chosen data source', () => {
    const panels = dashboard.panels.filter(({ type }) => type !== 'row');
    expect(panels.length).toBeGreaterThan(20);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    for (const { title, description, datasource, fieldConfig, targets = [] } of panels) {
      expect(title).toMatch(/^[A-Z]/);
      expect(description).toMatch(/\.$/);
      expect(datasource?.uid).toBe('${datasource}');
      expect(fieldConfig?.defaults.unit).toMatch(/^[a-z]+$/);
      expect(targets.length).toBeGreaterThan(0);
      for (const { expr, legendFormat } of targets) {
        expectKnown(expr);
        expect(legendFormat).not.toBe('');
      }
    }
    for (const { expr } of dashboard.annotations.list) expectKnown(expr);
    for (const { query } of dashboard.templating.list) {
      const [, metric] = /^label_values\((\w+), \w+\)$/.exec(typeof query === 'string' ? query : query.query) ?? [];
      if (metric !== undefined) expect(families.has(metric)).toBe(true);
    }
  });

  it('every metric is used by the dashboard, an alert or the run-book', () => {
    const shown = JSON.stringify(dashboard) + read('ops/alerts.yml') + read('docs/RUNBOOK.md');
    const ours = [...families.keys()].filter((name) => /^(durable|http)_/.test(name));
    expect(ours.filter((name) => !shown.includes(name))).toEqual([]);
  });
});

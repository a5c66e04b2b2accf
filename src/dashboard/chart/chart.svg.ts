import { instance, type Viz } from '@viz-js/viz';
import { dotOf } from './chart.dot.js';
import type { Chart } from './chart.model.js';

let viz: Promise<Viz> | undefined;

/** The chart as an SVG document, laid out by Graphviz. Takes some 30 ms of processor time: keep what it gives. */
export async function svgOf(chart: Chart): Promise<string> {
  viz ??= instance();
  const svg = (await viz).renderString(dotOf(chart), { format: 'svg', engine: 'dot' });
  return svg.slice(svg.indexOf('<svg'));
}

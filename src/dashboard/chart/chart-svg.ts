import { Worker } from 'node:worker_threads';
import { dotOf } from './chart-dot.js';
import type { Chart } from './chart-model.js';

/** Runs as a thread of its own; small enough to be handed over as text, so that it needs no file that a build could miss. */
const DRAW = `
const { parentPort, workerData } = require('node:worker_threads');
require(workerData.graphviz).instance().then((viz) => {
  parentPort.postMessage(viz.renderString(workerData.dot, { format: 'svg', engine: 'dot' }));
});`;

/**
 * The chart as an SVG document, laid out by Graphviz. That takes some hundred milliseconds of processor time for a large
 * machine, and orders must not wait for it: it is done beside them. Keep what it gives.
 */
export async function svgOf(chart: Chart): Promise<string> {
  const workerData = { graphviz: require.resolve('@viz-js/viz'), dot: dotOf(chart) };
  const worker = new Worker(DRAW, { eval: true, workerData });
  try {
    const svg = await new Promise<string>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The thread that draws charts ended without a drawing.')));
    });
    return svg.slice(svg.indexOf('<svg'));
  } finally {
    await worker.terminate();
  }
}

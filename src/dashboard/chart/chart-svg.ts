import { Worker } from 'node:worker_threads';
import { dotOf } from './chart-dot.js';
import type { Chart } from './chart-model.js';

/** Code of the thread that draws. It is passed as text, so a build cannot miss its file. */
const DRAW = `
const { parentPort, workerData } = require('node:worker_threads');
require(workerData.graphviz).instance().then((viz) => {
  parentPort.postMessage(viz.renderString(workerData.dot, { format: 'svg', engine: 'dot' }));
});`;

/**
 * Draws a chart as an SVG document, with Graphviz. A large machine takes some hundred milliseconds of processor time, so
 * a thread of its own draws and orders do not wait. The caller keeps the result.
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

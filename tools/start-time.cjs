/**
 * Prints how long `npm start` takes until the service is ready: `npm run start:time`. First with nothing compiled, then
 * twice on an unchanged tree. It listens on free ports, and its database goes with its folder.
 */
'use strict';
const { spawn } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { ROOT } = require('./compile.cjs');

const LONGEST_MS = 120_000;

/** @returns {Promise<number>} milliseconds from the command to the line that says where the service is. */
function start(folder) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const env = {
      ...process.env,
      PORT: '0',
      SANDBOX_PORT: '0',
      DATABASE_URL: `sqlite:${path.join(folder, 'orders.db')}`,
    };
    // A group of its own: npm hands no signal on to what it started.
    const npm = spawn('npm', ['start'], { cwd: ROOT, env, detached: true });
    const limit = setTimeout(() => process.kill(-npm.pid, 'SIGKILL'), LONGEST_MS);
    let output = '';
    let readyAfterMs = null;
    const read = (chunk) => {
      output += chunk;
      if (readyAfterMs !== null || !/^Orders:/m.test(output)) return;
      readyAfterMs = performance.now() - begun;
      process.kill(-npm.pid, 'SIGTERM');
    };
    npm.stdout.on('data', read);
    npm.stderr.on('data', read);
    npm.on('close', () => {
      clearTimeout(limit);
      if (readyAfterMs === null) reject(new Error(`The service did not start:\n${output}`));
      else resolve(readyAfterMs);
    });
  });
}

async function main() {
  const folder = mkdtempSync(path.join(tmpdir(), 'start-time-'));
  try {
    rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
    for (const what of ['nothing compiled', 'unchanged', 'unchanged'])
      console.log(`npm start, ${what}: ready after ${((await start(folder)) / 1000).toFixed(1)} s`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

// Starts and ends processes, and reads what they have used.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function kill(child, signal = 'SIGKILL') {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

const TICKS_PER_SECOND = 100;
const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
const tree = (pid) => [
  pid,
  ...read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter(Boolean)
    .flatMap((child) => tree(Number(child))),
];

/** Processor time of a process and its children in microseconds; null where the system has no /proc. */
export function cpuMicros(pid) {
  const ticks = tree(pid).flatMap((each) => {
    const fields = read(`/proc/${each}/stat`).split(') ')[1]?.split(' ');
    // User and system time, of its own and of the children that have ended.
    return fields === undefined ? [] : [fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)];
  });
  return ticks.length === 0 ? null : (ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND) * 1e6;
}

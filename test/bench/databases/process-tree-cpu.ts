import { readFileSync } from 'node:fs';

const TICK_MICROS = 10_000;
/** Of /proc/<pid>/stat, behind the command: user and system time, of its own and of the children that have ended. */
const TIMES = [11, 15] as const;

/** Processor time of a process and its children, in microseconds; null where the system has no /proc. */
export function processTreeCpu(pid: number): number | null {
  const ticks = treeOf(pid).flatMap((each) => {
    const fields = read(`/proc/${each}/stat`)?.split(') ')[1]?.split(' ');
    return fields === undefined ? [] : fields.slice(...TIMES).map(Number);
  });
  return ticks.length === 0 ? null : ticks.reduce((sum, each) => sum + each, 0) * TICK_MICROS;
}

function treeOf(pid: number): readonly number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`)?.split(' ') ?? [];
  return [pid, ...children.filter((child) => child.trim() !== '').flatMap((child) => treeOf(Number(child)))];
}

/** @returns null when the process has ended meanwhile. */
function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

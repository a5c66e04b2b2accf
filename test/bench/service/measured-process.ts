import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { compiled } from '../../support/compiled-sources.js';

export interface ProcessEvent {
  /** Where it listens; said first. */
  readonly url?: string;
  readonly cpuMicros?: number;
}

/** Those of `npm start`. */
const FLAGS = ['--enable-source-maps', '--no-allocation-site-pretenuring', '--max-semi-space-size=32'];

/** A server in a process of its own, that tells how much processor time it has used. */
export class MeasuredProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** @param script a compiled source. Its log goes nowhere. @throws Error when it ends before it listens. */
  static async fork(script: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    const child = fork(compiled(script), args, {
      execArgv: FLAGS,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const { url } = await answerOf(child);
    if (url === undefined) throw new Error(`${script} does not say where it listens.`);
    return new MeasuredProcess(child, url);
  }

  /** All threads, user and system, since its start. */
  async cpuMicros(): Promise<number> {
    this.child.send('cpu');
    return (await answerOf(this.child)).cpuMicros ?? NaN;
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

async function answerOf(child: ChildProcess): Promise<ProcessEvent> {
  const died = once(child, 'exit').then(() => {
    throw new Error('The process died.');
  });
  const [event] = (await Promise.race([once(child, 'message'), died])) as [ProcessEvent]; // all that it says
  died.catch(() => undefined);
  return event;
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { CrashPoint } from '../../src/durable/index.js';
import { compiled } from './compiled.sources.js';

/** Where to kill the process: at the nth time this point is reached with this label. */
export interface CrashPlan {
  readonly point: CrashPoint;
  readonly label: string;
  readonly nth: number;
}

export interface ReachedPoint {
  readonly point: CrashPoint;
  readonly label: string;
}

interface Message {
  readonly ready?: string;
  readonly failed?: string;
  readonly reached?: ReachedPoint;
}

/** The order service as a process of its own, that can be killed like any other. */
export class ServiceProcess {
  readonly reached: ReachedPoint[] = [];

  private constructor(
    private readonly child: ChildProcess,
    /** Where it listens. */
    readonly url: string,
    private readonly output: string[],
  ) {
    child.on('message', (message: Message) => {
      if (message.reached !== undefined) this.reached.push(message.reached);
    });
  }

  /** @param plan armed from the first instruction on, so that it can strike during recovery. */
  static async start(env: Readonly<Record<string, string>>, plan?: CrashPlan): Promise<ServiceProcess> {
    const child = fork(compiled('test/crash/child.service.js'), [], {
      env: {
        PATH: process.env['PATH'],
        ...env,
        ...(plan === undefined ? {} : { CRASH_PLAN: JSON.stringify(plan) }),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const output: string[] = [];
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code, signal) => {
        reject(new ServiceDiedError(`The service died at start (${String(code ?? signal)}): ${output.join('')}`));
      });
      child.on('message', (message: Message) => {
        if (message.ready !== undefined) resolve(message.ready);
        if (message.failed === undefined) return;
        child.kill('SIGKILL');
        reject(new ServiceDiedError(message.failed));
      });
    });
    return new ServiceProcess(child, url, output);
  }

  get log(): string {
    return this.output.join('');
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  arm(plan: CrashPlan): void {
    this.child.send({ arm: plan });
  }

  /** Has every point it reaches reported from now on. */
  record(): void {
    this.child.send({ record: true });
  }

  /** Resolves with the signal or exit code once the process is no more. */
  async died(): Promise<string> {
    if (this.running) await once(this.child, 'exit');
    return String(this.child.signalCode ?? this.child.exitCode);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (!this.running) return;
    this.child.kill(signal);
    await this.died();
  }
}

class ServiceDiedError extends Error {
  override readonly name = 'ServiceDiedError';
}

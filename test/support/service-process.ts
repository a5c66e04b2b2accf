import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { CrashPoint } from '../../src/durable/index.js';
import { compiled } from './compiled-sources.js';

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

/** A process whose modules are loaded or being loaded, and that has touched nothing yet. */
export class LoadedProcess {
  readonly output: string[] = [];
  private readonly loaded: Promise<unknown>;

  private constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()));
    this.loaded = Promise.race([once(child, 'message'), once(child, 'exit')]);
  }

  static fork(env: Readonly<Record<string, string>>): LoadedProcess {
    const child = fork(compiled('test/crash/child-service.js'), [], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    return new LoadedProcess(child);
  }

  /** @returns where it listens, once it does. @throws ServiceDiedError */
  async go({ plan, strikeAfterMs }: StartOptions): Promise<string> {
    const { child } = this;
    await this.loaded;
    return new Promise((resolve, reject) => {
      const died = (): void => {
        const how = String(child.exitCode ?? child.signalCode);
        reject(new ServiceDiedError(`The service died at start (${how}): ${this.output.join('')}`));
      };
      if (child.exitCode !== null || child.signalCode !== null) {
        died();
        return;
      }
      child.once('exit', died);
      child.on('message', (message: Message) => {
        if (message.ready !== undefined) resolve(message.ready);
        if (message.failed === undefined) return;
        child.kill('SIGKILL');
        reject(new ServiceDiedError(message.failed));
      });
      if (plan !== undefined) child.send({ arm: plan });
      child.send({ go: true });
      if (strikeAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), strikeAfterMs);
    });
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

export interface StartOptions {
  /** Armed before it opens the database, so that it can strike during recovery. */
  readonly plan?: CrashPlan | undefined;
  /** SIGKILL so long after it was told to start, whether it is up by then or not. */
  readonly strikeAfterMs?: number | undefined;
}

/** The order service as a process of its own, that can be killed like any other. */
export class ServiceProcess {
  readonly reached: ReachedPoint[] = [];
  private readonly child: ChildProcess;
  private readonly output: readonly string[];

  private constructor(
    loaded: LoadedProcess,
    /** Where it listens. */
    readonly url: string,
  ) {
    this.child = loaded.child;
    this.output = loaded.output;
    this.child.on('message', (message: Message) => {
      if (message.reached !== undefined) this.reached.push(message.reached);
    });
  }

  /** @throws ServiceDiedError when it dies before it is up. */
  static async start(loaded: LoadedProcess, options: StartOptions = {}): Promise<ServiceProcess> {
    return new ServiceProcess(loaded, await loaded.go(options));
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

  /** Resolves with the signal or exit code once the process is gone. */
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

export class ServiceDiedError extends Error {
  override readonly name = 'ServiceDiedError';
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { StoreConfig } from '../../src/store/store-config.js';
import { compiled } from '../support/compiled-sources.js';

export interface ScaleCommand {
  readonly store: StoreConfig;
  /** How far the child's clock is ahead of ours. */
  readonly aheadMs: number;
}

export interface ScaleEvent {
  /** From opening the store until a first new order was durable. */
  readonly firstOrderMs?: number;
  readonly rssBytes?: number;
  /** How many orders have ended since the start. */
  readonly ended?: number;
  /** Processor time since the start. */
  readonly cpuMicros?: number;
  /** Whether the background check of what is stored has ended. */
  readonly audited?: boolean;
  readonly failed?: string;
}

/** The child of scale-child.ts, asked one question at a time. */
export class ScaleProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly firstOrderMs: number,
  ) {}

  static async start(command: ScaleCommand): Promise<ScaleProcess> {
    const child = fork(compiled('test/scale/scale-child.js'), [], { execArgv: ['--expose-gc'] });
    child.send(command);
    const { firstOrderMs = NaN } = await answerOf(child);
    return new ScaleProcess(child, firstOrderMs);
  }

  /** Resident memory after a garbage collection. */
  async rssBytes(): Promise<number> {
    this.child.send('memory');
    return (await answerOf(this.child)).rssBytes ?? NaN;
  }

  async audited(): Promise<boolean> {
    this.child.send('audited');
    return (await answerOf(this.child)).audited ?? false;
  }

  async cpuMicros(): Promise<number> {
    this.child.send('cpu');
    return (await answerOf(this.child)).cpuMicros ?? NaN;
  }

  async ended(): Promise<number> {
    this.child.send('ended');
    return (await answerOf(this.child)).ended ?? NaN;
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

async function answerOf(child: ChildProcess): Promise<ScaleEvent> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      child.off('message', heard);
      child.off('exit', died);
      act();
    };
    const heard = (event: ScaleEvent): void =>
      settle(() => (event.failed === undefined ? resolve(event) : reject(new Error(event.failed))));
    const died = (): void => settle(() => reject(new Error('The process died.')));
    child.on('message', heard);
    child.on('exit', died);
  });
}

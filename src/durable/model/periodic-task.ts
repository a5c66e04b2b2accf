/** Something that is done again and again in the background, one time after the other; a failure is logged, not more. */
import type { Clock } from './clock.port.js';

export interface PeriodicTaskOptions {
  readonly clock: Clock;
  /** Time before the first run, and from the end of one run to the beginning of the next. */
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}

export class PeriodicTask {
  private cancel: (() => void) | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: PeriodicTaskOptions) {}

  start(): void {
    const { clock, everyMs } = this.options;
    if (this.stopped) return;
    this.cancel = clock.after(everyMs, () => {
      this.running = this.once().then(() => this.start());
    });
  }

  /** Begins no further run, and waits for the current one. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel?.();
    await this.running;
  }

  private async once(): Promise<void> {
    try {
      await this.options.run();
    } catch (error) {
      this.options.onError(error);
    }
  }
}

/**
 * Delivers the callbacks of the outbox at least once.
 *
 * Callbacks are signed as Standard Webhooks asks. All tries share one webhook-id; each try has its own webhook-timestamp.
 * A 2xx ends the delivery. A 404 or 410 ends it as refused for good. Every other result is tried again by the schedule.
 * A callback that is under way when the process ends stays pending in the database. The next start sends it again.
 */
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { LessThanOrEqual } from 'typeorm';
import { SANDBOX_CLOCK, SANDBOX_OPTIONS } from '../sandbox-options.js';
import type { SandboxClock, SandboxOptions } from '../sandbox-options.js';
import { SandboxStore } from '../store/sandbox-store.js';
import { CallbackRow } from './callback.entity.js';
import { pauseAfter } from './callback-schedule.js';

const LOOK_EVERY_MS = 250;
const TIMEOUT_MS = 5_000;
const MAX_UNDER_WAY = 16;

type Reply = { readonly status: number } | { readonly error: string };

@Injectable()
export class CallbackSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Sandbox');
  private readonly signer: Webhook;
  private readonly underWay = new Map<string, AbortController>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private stopped = true;

  constructor(
    @Inject(SANDBOX_OPTIONS) options: SandboxOptions,
    @Inject(SANDBOX_CLOCK) private readonly clock: SandboxClock,
    private readonly store: SandboxStore,
  ) {
    this.signer = new Webhook(options.webhookSecret);
  }

  onApplicationBootstrap(): void {
    this.stopped = false;
    this.timer = setInterval(() => this.wake(), LOOK_EVERY_MS).unref();
    this.wake();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearInterval(this.timer);
    for (const call of this.underWay.values()) call.abort();
  }

  /** Looks for due callbacks at once instead of at the next interval. */
  wake(): void {
    if (this.stopped || this.looking) return;
    this.looking = true;
    this.look()
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => (this.looking = false));
  }

  private async look(): Promise<void> {
    const due = await this.store.read((manager) =>
      manager.find(CallbackRow, {
        where: { state: 'pending', nextAttemptAt: LessThanOrEqual(this.clock.now()) },
        order: { nextAttemptAt: 'ASC' },
        take: 2 * MAX_UNDER_WAY,
      }),
    );
    for (const row of due) {
      if (this.stopped || this.underWay.size >= MAX_UNDER_WAY) return;
      if (this.underWay.has(row.id)) continue;
      const call = new AbortController();
      this.underWay.set(row.id, call);
      this.deliver(row, call)
        .catch((error: unknown) => this.logger.error(error))
        .finally(() => {
          this.underWay.delete(row.id);
          this.wake();
        });
    }
  }

  private async deliver(row: CallbackRow, call: AbortController): Promise<void> {
    const reply = await this.post(row, call);
    if (this.stopped && 'error' in reply) return;
    const attempts = row.attempts + 1;
    await this.store.write(({ manager, now }) =>
      manager.update(CallbackRow, { id: row.id }, { attempts, ...recorded(reply), ...after(reply, attempts, now) }),
    );
  }

  private async post(row: CallbackRow, call: AbortController): Promise<Reply> {
    const timeout = setTimeout(() => call.abort(new Error('no answer in time')), TIMEOUT_MS);
    const time = new Date(this.clock.now());
    try {
      const response = await fetch(row.url, {
        method: 'POST',
        redirect: 'manual',
        signal: call.signal,
        headers: {
          'content-type': 'application/json',
          'webhook-id': row.id,
          'webhook-timestamp': String(Math.floor(time.getTime() / 1_000)),
          'webhook-signature': this.signer.sign(row.id, time, row.body),
        },
        body: row.body,
      });
      await response.body?.cancel();
      return { status: response.status };
    } catch (error) {
      return { error: error instanceof Error ? reasonOf(error) : 'unknown' };
    } finally {
      clearTimeout(timeout);
    }
  }
}

function recorded(reply: Reply): Pick<CallbackRow, 'lastStatus' | 'lastError'> {
  return 'status' in reply
    ? { lastStatus: reply.status, lastError: null }
    : { lastStatus: null, lastError: reply.error.slice(0, 200) };
}

function after(reply: Reply, attempts: number, now: number): Partial<Pick<CallbackRow, 'state' | 'nextAttemptAt'>> {
  if ('status' in reply && reply.status >= 200 && reply.status < 300) return { state: 'delivered' };
  if ('status' in reply && (reply.status === 404 || reply.status === 410)) return { state: 'gone' };
  const pause = pauseAfter(attempts);
  return pause === undefined ? { state: 'exhausted' } : { nextAttemptAt: now + pause };
}

/** fetch puts the reason (ECONNREFUSED, ...) into the cause. */
const reasonOf = (error: Error) => (error.cause instanceof Error ? error.cause.message : error.message);

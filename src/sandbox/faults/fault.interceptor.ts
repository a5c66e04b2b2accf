/**
 * Delays and breaks partner calls as the base latency and the fault plan say.
 * For a call without an answer it returns an observable that never ends, so the framework writes no response.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { NEVER, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import { SANDBOX_OPTIONS } from '../sandbox-options.js';
import type { SandboxOptions } from '../sandbox-options.js';
import { FaultPlan } from './fault-plan.js';
import type { Fault } from './fault-schema.js';
import { OPERATION } from './operation.decorator.js';
import type { OperationName } from './operation.decorator.js';
import { OrderLookup } from './order-lookup.js';

@Injectable()
export class FaultInterceptor implements NestInterceptor, BeforeApplicationShutdown {
  private readonly closing = new AbortController();
  private readonly hung = new Set<Response>();

  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly reflector: Reflector,
    private readonly plan: FaultPlan,
    private readonly lookup: OrderLookup,
  ) {
    setMaxListeners(0, this.closing.signal);
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const operation = this.reflector.get<OperationName | undefined>(OPERATION, context.getHandler());
    if (operation === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const faults = await this.plan.take(operation, () => this.lookup.ordersOf(request));
    if (!(await this.waited((this.options.latencyMs ?? 0) + faults.latencyMs))) return cut(response);
    return faults.failure === undefined ? next.handle() : this.broken(faults.failure, next, response);
  }

  /** Ends the delays and cuts the hung calls, because either would keep the server from closing. */
  beforeApplicationShutdown(): void {
    this.closing.abort();
    for (const response of this.hung) response.destroy();
  }

  private async broken(fault: Fault, next: CallHandler, response: Response): Promise<Observable<unknown>> {
    switch (fault.kind) {
      case 'latency':
        return next.handle();
      case 'status':
        throw new PartnerRefusal(
          fault.status ?? 503,
          'fault_injected',
          'The fault plan says so; the call changed nothing.',
          fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) },
        );
      case 'drop_before':
        return cut(response);
      case 'drop_after':
        // A refusal gets no answer either, so the caller cannot tell it from a success.
        await lastValueFrom(next.handle(), { defaultValue: undefined }).catch(() => undefined);
        return cut(response);
      case 'garbage':
        response.status(200).type('application/json').send('{"reservationId": \u0007]] not the answer you asked for');
        return NEVER;
      case 'hang':
        this.hung.add(response);
        response.once('close', () => this.hung.delete(response));
        return NEVER;
    }
  }

  /** Resolves to false when the sandbox closes during the delay. */
  private async waited(ms: number): Promise<boolean> {
    if (ms <= 0) return true;
    return sleep(ms, true, { signal: this.closing.signal }).catch(() => false);
  }
}

function cut(response: Response): Observable<never> {
  response.destroy();
  return NEVER;
}

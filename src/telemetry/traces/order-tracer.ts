/**
 * Writes one trace for each actor. Its root span lasts from the actor's start to its end. Below it, each turn and each
 * attempt of an activity has a span. A call to a partner has a span below that of its activity.
 *
 * The process that commits the end of an actor exports the root span. Until then the other spans refer to its id, which
 * trace-ids.ts computes from the actor id. The trace id decides about sampling, so all processes decide alike.
 * A turn has one span for each time that it is computed, for example again after a conflict with another node.
 */
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { LRUCache } from 'lru-cache';
import type { CallTrace, CallTracer } from '../../clients/transport/call-tracer.js';
import {
  type ActivityContext,
  type ActorMessage,
  type ActorRecord,
  type Disposition,
  type RuntimeObserver,
  currentActivity,
  recordedKindOf,
} from '../../durable/index.js';
import type { IncomingTrace } from './incoming-trace.js';
import { traceIdsOf, type AnchoredIds } from './trace-ids.js';
import { TRACEPARENT, writeTraceparent } from './traceparent.js';

export interface OrderTracerOptions {
  readonly tracer: Tracer;
  readonly ids: AnchoredIds;
  readonly incoming: IncomingTrace;
}

/** Number of cached root contexts. Recreating one costs microseconds. */
const ROOTS_AT_HAND = 5_000;

export class OrderTracer implements RuntimeObserver, CallTracer {
  private readonly roots = new LRUCache<string, Context>({ max: ROOTS_AT_HAND });
  private readonly turns = new Map<string, Span[]>();
  private readonly activities = new WeakMap<ActivityContext, Span>();

  constructor(private readonly options: OrderTracerOptions) {}

  now(): number {
    return performance.now();
  }

  turnComputed(
    actorId: string,
    machineId: string,
    message: ActorMessage,
    disposition: Disposition,
    since: number,
  ): void {
    const { tracer, incoming } = this.options;
    const context = message.kind === 'start' ? incoming.context : null;
    const span = tracer.startSpan(
      `turn ${recordedKindOf(message)}`,
      {
        startTime: performance.timeOrigin + since,
        attributes: {
          'durable.actor.id': actorId,
          'durable.machine': machineId,
          'durable.disposition': disposition,
          ...aboutMessage(message),
        },
        ...(context === null ? {} : { links: [{ context }] }),
      },
      this.rootOf(actorId),
    );
    const pending = this.turns.get(actorId);
    if (pending === undefined) this.turns.set(actorId, [span]);
    else pending.push(span);
  }

  draftCommitted(before: ActorRecord | null, after: ActorRecord): void {
    this.endTurns(after.actorId, (span) =>
      span.setAttributes({ 'durable.revision': after.revision, 'durable.status': after.status }),
    );
    if (after.completedAt !== null && (before === null || before.completedAt === null)) this.exportRoot(after);
  }

  draftDropped(actorId: string, reason: 'conflict' | 'failed' | 'unchanged'): void {
    this.endTurns(actorId, (span) => {
      span.setAttribute('durable.dropped', reason);
      if (reason === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
    });
  }

  activityStarted(context: ActivityContext, machineId: string, sources: readonly string[], limit: string | null): void {
    const { actorId, activityId, attempt, delivery } = context;
    const span = this.options.tracer.startSpan(
      `activity ${sources.at(-1) ?? activityId}`,
      {
        attributes: {
          'durable.actor.id': actorId,
          'durable.machine': machineId,
          'durable.activity.id': activityId,
          'durable.activity.attempt': attempt,
          'durable.activity.delivery': delivery,
          ...(limit === null ? {} : { 'durable.activity.limit': limit }),
        },
      },
      this.rootOf(actorId),
    );
    this.activities.set(context, span);
  }

  activityEnded(context: ActivityContext, outcome: 'completed' | 'failed' | 'cancelled', code: string | null): void {
    const span = this.activities.get(context);
    if (span === undefined) return;
    span.setAttribute('durable.activity.outcome', outcome);
    if (code !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: code }).setAttribute('error.type', code);
    span.end();
  }

  begin({ partner, method }: Parameters<CallTracer['begin']>[0], call: Parameters<CallTracer['begin']>[1]): CallTrace {
    const span = this.options.tracer.startSpan(
      `${method} ${partner}`,
      { kind: SpanKind.CLIENT, attributes: { 'http.request.method': method, 'peer.service': partner } },
      this.parentOfCall(call.orderId),
    );
    return {
      headers: { [TRACEPARENT]: writeTraceparent(span.spanContext()) },
      answered: (status) => {
        span.setAttribute('http.response.status_code', status);
        if (status >= 400) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', String(status));
        span.end();
      },
      failed: (code) => {
        span.setStatus({ code: SpanStatusCode.ERROR, message: code }).setAttribute('error.type', code);
        span.end();
      },
    };
  }

  batchWritten(): void {
    // A batch covers many actors, so it belongs to no trace.
  }
  batchFailed(): void {
    // A batch belongs to no trace.
  }
  callerRefused(): void {
    // A refused message has no trace.
  }
  activityAdmitted(): void {
    // The span of the activity begins later, with its run.
  }
  timerFired(): void {
    // The turn of the timer has a span.
  }
  activityTakenOver(): void {
    // The span of the activity has the delivery as an attribute.
  }

  /** Returns the running activity's span, which may belong to another actor, else the root of the order. */
  private parentOfCall(orderId: string): Context {
    const running = activityOrNull();
    const span = running === null ? undefined : this.activities.get(running);
    return span === undefined ? this.rootOf(orderId) : trace.setSpan(ROOT_CONTEXT, span);
  }

  private rootOf(actorId: string): Context {
    const known = this.roots.get(actorId);
    if (known !== undefined) return known;
    // This span supplies the ids and the sampler's decision. It never ends, and only ended spans are exported.
    const context = trace.setSpanContext(ROOT_CONTEXT, this.startRoot(actorId, {}).spanContext());
    this.roots.set(actorId, context);
    return context;
  }

  private startRoot(actorId: string, options: Parameters<Tracer['startSpan']>[1], name = 'root'): Span {
    const { ids, tracer } = this.options;
    return ids.anchored(traceIdsOf(actorId), () => tracer.startSpan(name, { ...options, root: true }, ROOT_CONTEXT));
  }

  private exportRoot({ actorId, machineId, outcome, runtimeStatus, createdAt, completedAt }: ActorRecord): void {
    const attributes = {
      'durable.actor.id': actorId,
      'durable.machine': machineId,
      'durable.runtime_status': runtimeStatus,
      ...(outcome === null ? {} : { 'durable.outcome': outcome }),
    };
    const span = this.startRoot(actorId, { startTime: createdAt, attributes }, machineId);
    if (runtimeStatus === 'failed' || outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(completedAt ?? createdAt);
  }

  private endTurns(actorId: string, finish: (span: Span) => void): void {
    const pending = this.turns.get(actorId);
    if (pending === undefined) return;
    this.turns.delete(actorId);
    for (const span of pending) {
      finish(span);
      span.end();
    }
  }
}

function aboutMessage(message: ActorMessage): Record<string, string> {
  switch (message.kind) {
    case 'event':
      return { 'durable.event': message.event.type };
    case 'command':
      return { 'durable.command': message.command.type };
    case 'kept':
      return { 'durable.event': message.record.type };
    case 'activity.completed':
    case 'activity.failed':
    case 'timer':
      return { 'durable.task.id': message.taskId };
    case 'start':
    case 'reevaluate':
      return {};
  }
}

function activityOrNull(): ActivityContext | null {
  try {
    return currentActivity();
  } catch {
    return null;
  }
}

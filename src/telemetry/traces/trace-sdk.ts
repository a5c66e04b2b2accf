/**
 * Starts OpenTelemetry's SDK without registering it globally. Our code creates the spans; no library is patched.
 * The OTEL_* environment variables configure it as OpenTelemetry specifies.
 * Import this file only when traces are on, because loading it takes a noticeable part of the start.
 */
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { DurableLogger } from '../../durable/index.js';
import { IncomingTrace } from './incoming-trace.js';
import { OrderTracer } from './order-tracer.js';
import { AnchoredIds } from './trace-ids.js';
import { serviceResource } from './trace-resource.js';

export interface TracingOptions {
  readonly serviceName: string;
  readonly version: string;
  readonly logger: DurableLogger;
}

export interface Tracing {
  readonly tracer: OrderTracer;
  readonly incoming: IncomingTrace;
  /** Sends the remaining spans; gives up after `FLUSH_TIMEOUT_MS`. */
  close(): Promise<void>;
}

/** Bounds the wait at shutdown for a collector that does not answer. */
const FLUSH_TIMEOUT_MS = 2_000;

export function startTracing({ serviceName, version, logger }: TracingOptions): Tracing {
  const warn = (message: string): void => logger.warn({ detail: message.slice(0, 500) }, 'tracing');
  const quiet = (): void => undefined;
  diag.setLogger({ error: warn, warn, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
  const ids = new AnchoredIds();
  const incoming = new IncomingTrace();
  const provider = new NodeTracerProvider({
    resource: serviceResource(serviceName, version, process.env['OTEL_RESOURCE_ATTRIBUTES'] ?? ''),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = new OrderTracer({ tracer: provider.getTracer('durable-orders', version), ids, incoming });
  return { tracer, incoming, close: () => within(FLUSH_TIMEOUT_MS, provider.shutdown()) };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}

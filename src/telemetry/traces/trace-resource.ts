import type { NodeTracerConfig } from '@opentelemetry/sdk-trace-node';

type Resource = NonNullable<NodeTracerConfig['resource']>;

/**
 * Describes the sender of the spans: OpenTelemetry's service attributes, and those of OTEL_RESOURCE_ATTRIBUTES (`key=value,…`,
 * values percent-encoded). `serviceName` overrides a `service.name` in that list.
 */
export function serviceResource(serviceName: string, version: string, configured: string): Resource {
  const attributes = {
    'service.version': version,
    ...readAttributes(configured),
    'service.name': serviceName,
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
  };
  return resourceOf(attributes);
}

function resourceOf(attributes: Readonly<Record<string, string>>): Resource {
  return {
    attributes,
    getRawAttributes: () => Object.entries(attributes),
    merge: (other) => (other === null ? resourceOf(attributes) : resourceOf({ ...attributes, ...textsOf(other) })),
  };
}

function textsOf({ attributes }: Resource): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

/** Reads `key=value` pairs and skips malformed ones. */
function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const [, key, value] = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
      return key === undefined || value === undefined ? [] : [[key, decoded(value)]];
    }),
  );
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

import type { NextFunction, Request, Response } from 'express';
import type { MetricSet } from './metric-set.js';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Measures every request until its response is written or its caller disconnects. */
export function meterRequests({ requestDuration }: MetricSet) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const since = performance.now();
    response.once('close', () => {
      const method = METHODS.has(request.method) ? request.method : 'other';
      const status_code = response.writableFinished ? String(response.statusCode) : 'aborted';
      requestDuration.observe({ method, route: routeOf(request), status_code }, (performance.now() - since) / 1_000);
    });
    next();
  };
}

/** Returns the pattern of the route. The path would put ids into a label. */
function routeOf(request: Request): string {
  const route: unknown = request.route; // Express types it as any
  const isRoute = typeof route === 'object' && route !== null && 'path' in route;
  return isRoute && typeof route.path === 'string' ? route.path : 'none';
}

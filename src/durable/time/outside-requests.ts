import { AsyncResource } from 'node:async_hooks';

/** Made while the program is loaded: no request is under way then. */
const background = new AsyncResource('DurableBackground');

/**
 * Runs work in no request's asynchronous context. Work that is begun for one request and goes on for others would else log, and
 * be traced, as the first one's for as long as it lasts.
 */
export function outsideRequests<T>(work: () => T): T {
  return background.runInAsyncScope(work);
}

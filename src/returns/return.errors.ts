import type { ActorView } from '../durable/index.js';
import { CursorInvalidError } from '../orders/order.errors.js';
import { FeatureError } from '../http/problem/feature.error.js';

export const returnNotFound = () => new FeatureError('unknown', 'return_not_found', 'There is no such return.');

export const orderNotReturnable = () =>
  new FeatureError('not_now', 'order_not_returnable', 'Only an order that was fulfilled can be returned.');

export const returnExists = (id: string) =>
  new FeatureError('not_now', 'return_exists', `The order has a return already: ${id}.`);

/** @param actor where the return stands. */
export const returnRefused = (event: string, { status, completedAt }: Pick<ActorView, 'status' | 'completedAt'>) =>
  completedAt === null
    ? new FeatureError('not_now', 'return_not_now', `The return cannot take ${event} while it is ${status}.`)
    : new FeatureError('ended', 'return_ended', `The return has ended as ${status} and takes no event any more.`);

/** @throws CursorInvalidError for what the handle says of a cursor that is none, else the error itself. */
export function cursorInvalid(error: unknown): never {
  throw error instanceof RangeError ? new CursorInvalidError({ cause: error }) : error;
}

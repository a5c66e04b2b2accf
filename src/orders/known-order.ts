import { UnknownActorError } from '../durable/index.js';
import { OrderNotFoundError } from './order-errors.js';

/** Runs what asks an order for something. @throws OrderNotFoundError in place of the runtime's UnknownActorError. */
export async function knownOrder<T>(id: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof UnknownActorError ? new OrderNotFoundError(id) : error;
  }
}

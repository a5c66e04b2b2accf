import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, type Command } from 'commander';
import type { operations } from '../../api/api-schema.js';
import type { CliSession } from '../cli-session.js';
import { fields } from '../text-table.js';
import { watchOrder } from '../order-watch.js';
import { entryText, receiptText } from '../order-text.js';

type Open = (command: Command) => CliSession;

/** Adds the commands with which a shop or a customer places, pays or cancels an order. */
export function addSteerCommands(program: Command, open: Open): void {
  program
    .command('start <cartId>')
    .description('place an order for a cart')
    .option('--user <userId>', 'whose it is; made up when missing')
    .option('--correlation <id>', 'travels through all calls and log lines; made up when missing')
    .option('--idempotency-key <key>', 'the same key places the same order once; made up when missing')
    .option('-w, --watch', 'tell what happens to it until it has ended')
    .action(async (sessionId: string, options: StartOptions, command: Command) => {
      const session = open(command);
      const { user, correlation, idempotencyKey = randomUUID(), watch } = options;
      const placed = await session.ask(
        session.client.POST('/order/start/{sessionId}', {
          params: { path: { sessionId }, header: { 'Idempotency-Key': idempotencyKey } },
          body: {
            ...(user === undefined ? {} : { userId: user }),
            ...(correlation === undefined ? {} : { correlationId: correlation }),
          },
        }),
      );
      session.show(placed, () => fields({ order: placed.id, status: placed.statusQueryGetUri }));
      if (watch === true) await watchOrder(session, placed.id, (entry) => session.show(entry, entryText));
    });

  program
    .command('pay <orderId>')
    .description("say that an order's payment was captured, as its provider does")
    .option('--payment <paymentId>', "the provider's id; when missing, this order's payment is meant")
    .action(async (id: string, options: { payment?: string }, command: Command) => {
      const session = open(command);
      const body = options.payment === undefined ? {} : { paymentId: options.payment };
      const call = session.client.POST('/order/{id}/payment-accepted', { params: once(id), body });
      session.show(await session.ask(call), receiptText);
    });

  program
    .command('reject <orderId>')
    .description("say that an order's payment was declined")
    .option('--payment <paymentId>', "the provider's id; when missing, this order's payment is meant")
    .option('--reason <text>')
    .action(async (id: string, options: { payment?: string; reason?: string }, command: Command) => {
      const session = open(command);
      const { payment, reason } = options;
      const body = {
        ...(payment === undefined ? {} : { paymentId: payment }),
        ...(reason === undefined ? {} : { reason }),
      };
      const call = session.client.POST('/order/{id}/payment-rejected', { params: once(id), body });
      session.show(await session.ask(call), receiptText);
    });

  program
    .command('cancel <orderId>')
    .description('cancel an order: what it reserved is released, what was paid is refunded')
    .option('--reason <text>')
    .action(async (id: string, { reason }: { reason?: string }, command: Command) => {
      const session = open(command);
      const body = reason === undefined ? {} : { reason };
      session.show(
        await session.ask(session.client.POST('/order/{id}/cancel', { params: once(id), body })),
        receiptText,
      );
    });

  program
    .command('event <orderId> <name>')
    .description('send an order an event by name')
    .option('--data <json>', 'what it carries', jsonObject, {})
    .action(async (id: string, name: string, { data }: { data: Record<string, never> }, command: Command) => {
      const session = open(command);
      const { header } = once(id);
      const call = session.client.POST('/order/{id}/events/{name}', {
        params: { path: { id, name: name as EventName }, header },
        body: data,
      });
      session.show(await session.ask(call), receiptText);
    });
}

/** The command line does not check the name. The service refuses an unknown one and lists the valid ones. */
type EventName = operations['OrderCommand_send']['parameters']['path']['name'];

interface StartOptions {
  readonly user?: string;
  readonly correlation?: string;
  readonly idempotencyKey?: string;
  readonly watch?: boolean;
}

/** One run of the command line has one idempotency key, so that a repeated request has one effect. */
const once = (id: string) => ({ path: { id }, header: { 'Idempotency-Key': randomUUID() } });

function jsonObject(text: string): Record<string, never> {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidArgumentError('It must be a JSON object, e.g. \'{"paymentId":"pay_01"}\'.');
  }
  return value as Record<string, never>; // the service validates its fields
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, type Command } from 'commander';
import type { components } from '../../api/api-schema.js';
import type { CliSession } from '../cli-session.js';
import { receiptText } from '../order-text.js';

type Open = (command: Command) => CliSession;
type Patch = components['schemas']['CorrectionBody'];

/** Adds the commands that bypass the order's own rules. The audit log records who sent each of them and why. */
export function addOperatorCommands(program: Command, open: Open): void {
  const command = (name: string, description: string): Command =>
    program.command(`${name} <orderId>`).description(description).requiredOption('--reason <text>', 'why; on record');

  command('suspend', 'hold an order: nothing moves until it is resumed').action(
    async (id: string, { reason }: Reasoned, self: Command) => {
      const session = open(self);
      const call = session.client.POST('/order/{id}/suspend', { params: once(id), body: { reason } });
      session.show(await session.ask(call), receiptText);
    },
  );

  command('resume', 'let a suspended order go on')
    .option('--deadlines <mode>', 'keep: they ran on meanwhile; move: they stood still', deadlines, 'keep')
    .action(async (id: string, { reason, deadlines: mode }: Reasoned & { deadlines: Deadlines }, self: Command) => {
      const session = open(self);
      const body = { reason, deadlines: mode };
      session.show(
        await session.ask(session.client.POST('/order/{id}/resume', { params: once(id), body })),
        receiptText,
      );
    });

  command('retry', 'let an order that waits for a person go on from the step that failed')
    .option('--patch <json>', 'correct its data first, e.g. \'{"customer":{"email":"ada@example.com"}}\'', patch)
    .action(async (id: string, { reason, patch: given }: Reasoned & { patch?: Patch }, self: Command) => {
      const session = open(self);
      const body = { reason, ...(given === undefined ? {} : { patch: given }) };
      session.show(
        await session.ask(session.client.POST('/order/{id}/retry', { params: once(id), body })),
        receiptText,
      );
    });

  command('terminate', 'end an order where it stands: nothing is released and nothing refunded').action(
    async (id: string, { reason }: Reasoned, self: Command) => {
      const session = open(self);
      const call = session.client.POST('/order/{id}/terminate', { params: once(id), body: { reason } });
      session.show(await session.ask(call), receiptText);
    },
  );

  command('restart', 'place the order of an ended one again, as a new order').action(
    async (id: string, { reason }: Reasoned, self: Command) => {
      const session = open(self);
      const call = session.client.POST('/order/{id}/restart', { params: once(id), body: { reason } });
      session.show(await session.ask(call), (placed) => `${placed.id}: placed`);
    },
  );

  command('purge', 'forget an order that has ended, with its history').action(
    async (id: string, { reason }: Reasoned, self: Command) => {
      const session = open(self);
      const { path, header } = once(id);
      const call = session.client.DELETE('/order/{id}', { params: { path, header, query: { reason } } });
      session.show(await session.ask(call), (purged) => `${purged.id}: ${purged.result}`);
    },
  );
}

interface Reasoned {
  readonly reason: string;
}

type Deadlines = 'keep' | 'move';

const once = (id: string) => ({ path: { id }, header: { 'Idempotency-Key': randomUUID() } });

function deadlines(text: string): Deadlines {
  if (text !== 'keep' && text !== 'move') throw new InvalidArgumentError('It is keep or move.');
  return text;
}

function patch(text: string): Patch {
  try {
    return JSON.parse(text) as Patch; // the service validates its fields
  } catch {
    throw new InvalidArgumentError('It must be JSON.');
  }
}

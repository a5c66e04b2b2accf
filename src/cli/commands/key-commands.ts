import type { Command } from 'commander';
import type { CliSession } from '../cli-session.js';

type Open = (command: Command) => CliSession;

/** Adds the commands that list keys and revoke keys or tokens. */
export function addKeyCommands(program: Command, open: Open): void {
  program
    .command('keys')
    .description('the configured keys, by their fingerprints')
    .action(async (_options: unknown, command: Command) => {
      const session = open(command);
      const { items } = await session.ask(session.client.GET('/keys'));
      const rows = items.map(({ fingerprint, id, role, state, expiresAt }) => ({
        fingerprint,
        id,
        role,
        state,
        expires: expiresAt ?? 'never',
      }));
      session.showRows({ items }, rows, 'No key.');
    });

  program
    .command('revoke-key <fingerprint>')
    .description('refuse a key for good, on every node')
    .requiredOption('--reason <text>', 'why; on record')
    .action(async (fingerprint: string, { reason }: Reasoned, command: Command) => {
      const session = open(command);
      const params = { path: { fingerprint } };
      const call = session.client.POST('/keys/{fingerprint}/revoke', { params, body: { reason } });
      session.show(await session.ask(call), ({ id, state }) => `${fingerprint} of ${id}: ${state}`);
    });

  program
    .command('revoke-tokens <orderId>')
    .description("refuse all tokens of an order's customer that were made until now")
    .requiredOption('--reason <text>', 'why; on record')
    .action(async (id: string, { reason }: Reasoned, command: Command) => {
      const session = open(command);
      const call = session.client.POST('/order/{id}/token/revoke', { params: { path: { id } }, body: { reason } });
      session.show(await session.ask(call), ({ revokedAt }) => `${id}: tokens until ${revokedAt} revoked`);
    });

  program
    .command('token <orderId>')
    .description("make another token for the order's customer")
    .action(async (id: string, _options: unknown, command: Command) => {
      const session = open(command);
      const call = session.client.POST('/order/{id}/token', { params: { path: { id } } });
      session.show(await session.ask(call), ({ orderToken }) => orderToken ?? 'The service makes no tokens.');
    });
}

interface Reasoned {
  readonly reason: string;
}

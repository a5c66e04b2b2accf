import type { Command } from 'commander';
import type { components, operations } from '../../api/api-schema.js';
import type { CliSession } from '../cli-session.js';
import { detailsText, entryText, statusText, summaryRow } from '../order-text.js';
import { watchOrder } from '../order-watch.js';

type Open = (command: Command) => CliSession;

/** Adds the commands that only read. */
export function addReadCommands(program: Command, open: Open): void {
  program
    .command('status <orderId>')
    .description('where an order is and what it waits for')
    .option('-w, --watch', 'tell everything that happens to it until it has ended; waits for a service that restarts')
    .action(async (id: string, { watch }: { watch?: boolean }, command: Command) => {
      const session = open(command);
      if (watch === true) await watchOrder(session, id, (entry) => session.show(entry, entryText));
      session.show(await session.ask(session.client.GET('/order/{id}/status', at(id))), statusText);
    });

  program
    .command('show <orderId>')
    .description('everything about an order')
    .action(async (id: string, _options: unknown, command: Command) => {
      const session = open(command);
      session.show(await session.ask(session.client.GET('/order/{id}', at(id))), detailsText);
    });

  program
    .command('list')
    .description('orders, newest first')
    .option('--status <status...>', 'only in these, e.g. AwaitingPayment')
    .option('--outcome <outcome...>', 'only that ended so, e.g. payment_failed')
    .option('--runtime <status...>', 'Running, Suspended, Completed, Failed, Terminated')
    .option('--attention', 'only those that wait for a person')
    .option('-q, --query <text>', 'the id of the order, cart, user, correlation or payment begins with this')
    .option('--limit <count>', 'of a page', '20')
    .option('--cursor <cursor>', 'the next page, as the one before names it')
    .action(async (options: ListOptions, command: Command) => {
      const session = open(command);
      const { status, outcome, runtime, attention, query: q, limit, cursor } = options;
      const query = {
        ...{ status, outcome, runtimeStatus: runtime, q, cursor, limit: Number(limit) },
        ...(attention === true ? { incident: 'true' as const } : {}),
      };
      // The command line does not check the values. The service refuses unknown ones and lists the valid ones.
      const page = await session.ask(session.client.GET('/orders', { params: { query: query as ListQuery } }));
      session.showRows(page, page.items.map(summaryRow), 'No order.');
      if (!session.asJson && page.next !== null) session.print(`more: --cursor ${page.next}`);
    });

  program
    .command('history <orderId>')
    .description('what happened to an order, from the first')
    .option('--type <type...>', 'only of these, e.g. activity.failed')
    .option('--after <seq>', 'only what came after this', '0')
    .action(async (id: string, options: { type?: string[]; after: string }, command: Command) => {
      const session = open(command);
      let after: number | null = Number(options.after);
      while (after !== null) {
        const query: HistoryQuery = {
          after,
          limit: 200,
          ...(options.type === undefined ? {} : { type: options.type }),
        };
        const page: HistoryPage = await session.ask(
          session.client.GET('/order/{id}/history', { params: { path: { id }, query } }),
        );
        for (const entry of page.items) session.show(entry, entryText);
        after = page.next;
      }
    });

  program
    .command('incidents')
    .description('what waits for a person: why, and what to do')
    .option('--all', 'those that are resolved, too')
    .action(async ({ all }: { all?: boolean }, command: Command) => {
      const session = open(command);
      const query = all === true ? {} : { open: 'true' as const };
      const page = await session.ask(session.client.GET('/incidents', { params: { query } }));
      const rows = page.items.map((each) => ({
        order: each.orderId,
        since: each.openedAt,
        what: each.kind,
        why: each.cause.message,
        do: each.advice,
      }));
      session.showRows(page, rows, 'Nothing waits for a person.');
    });
}

interface ListOptions {
  readonly status?: string[];
  readonly outcome?: string[];
  readonly runtime?: string[];
  readonly attention?: boolean;
  readonly query?: string;
  readonly limit: string;
  readonly cursor?: string;
}

type HistoryQuery = NonNullable<operations['OrderRead_history']['parameters']['query']>;
type HistoryPage = components['schemas']['OrderHistoryPageDto'];
type ListQuery = NonNullable<operations['OrderRead_list']['parameters']['query']>;

const at = (id: string) => ({ params: { path: { id } } });

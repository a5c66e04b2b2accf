import type { Command } from 'commander';
import { CliError, type CliSession } from '../cli-session.js';
import { EXIT } from '../exit-code.js';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
}

/** Adds the command that checks whether the service answers, is ready, accepts the key and has no open incident. */
export function addDoctorCommand(program: Command, open: (command: Command) => CliSession): void {
  program
    .command('doctor')
    .description('look for what is wrong with the service, or with how it is asked; ends with 1 when something is')
    .action(async (_options: unknown, command: Command) => {
      const session = open(command);
      const findings = await examine(session);
      session.show(findings, () =>
        findings.map(({ check, ok, found }) => `${ok ? 'ok   ' : 'WRONG'}  ${check.padEnd(10)}  ${found}`).join('\n'),
      );
      if (findings.some(({ ok }) => !ok)) throw new CliError('Something is wrong; see above.', EXIT.failed);
    });
}

async function examine(session: CliSession): Promise<Finding[]> {
  const { client, options } = session;
  const alive = await find('reachable', async () => {
    await session.ask(client.GET('/health/live'));
    return options.url;
  });
  if (!alive.ok) return [alive];
  return [
    alive,
    await find('ready', async () => {
      const { data, error, response } = await session.reach(client.GET('/health/ready'));
      const readiness = data ?? error;
      // A readiness has a status in words. A number means a problem, so the answer comes from another route or program.
      if (typeof readiness.status === 'number') throw new Error(`${readiness.code}: ${readiness.detail}`);
      const { reason, detail, timerLagMs = 0, backlog = 0 } = readiness;
      const lag = `timers ${timerLagMs} ms late, ${backlog} tasks due`;
      if (!response.ok) throw new Error(`${reason ?? response.status}: ${detail ?? lag}`);
      return lag;
    }),
    await find('build', async () => {
      const { version, commit, node, schema } = await session.ask(client.GET('/health/build'));
      return `${version} (${commit}), Node.js ${node}, database ${schema}`;
    }),
    await find('key', async () => {
      await session.ask(client.GET('/orders', { params: { query: { limit: 1 } } }));
      return options.key === undefined ? 'none is needed' : 'may see all orders';
    }),
    await find('incidents', async () => {
      const { items, next } = await session.ask(client.GET('/incidents', { params: { query: { open: 'true' } } }));
      const [first] = items;
      if (first === undefined) return 'none';
      const count = next === null ? String(items.length) : `more than ${items.length}`;
      throw new Error(`${count} open, e.g. of ${first.orderId}: ${first.cause.message}. ${first.advice}`);
    }),
  ];
}

async function find(check: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, found: await look() };
  } catch (error) {
    return { check, ok: false, found: error instanceof Error ? error.message : String(error) };
  }
}

import type { Command } from 'commander';
import type { CliSession } from '../cli-session.js';

/** Adds the command that prints the chart of a machine. */
export function addDiagramCommand(program: Command, open: (command: Command) => CliSession): void {
  program
    .command('diagram [machineId]')
    .description('the chart of a machine (default: order)')
    .option('--version-of <version>', 'default: the current one')
    .option('--format <format>', 'mmd (Mermaid), svg, or json (opens in Stately Studio)', 'mmd')
    .action(async (machineId: string | undefined, options: DiagramOptions, command: Command) => {
      const session = open(command);
      const file = `${machineId ?? 'order'}${options.format === 'json' ? '' : `.${options.format}`}`;
      const query = options.versionOf === undefined ? {} : { version: options.versionOf };
      const call = session.client.GET('/machines/{file}', { params: { path: { file }, query }, parseAs: 'text' });
      session.print((await session.ask(call)).trimEnd());
    });
}

interface DiagramOptions {
  readonly versionOf?: string;
  readonly format: string;
}

import { Command, CommanderError } from 'commander';
import { CliError, CliSession, type CliWorld, type GlobalOptions } from './cli-session.js';
import { addDiagramCommand } from './commands/diagram-command.js';
import { addDoctorCommand } from './commands/doctor-command.js';
import { addKeyCommands } from './commands/key-commands.js';
import { addOperatorCommands } from './commands/operator-commands.js';
import { addReadCommands } from './commands/read-commands.js';
import { addSteerCommands } from './commands/steer-commands.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { visible } from './visible-text.js';

const DEFAULT_URL = 'http://localhost:3000';

const HELP = `
Examples:
  $ order start 11111111-1111-4111-8111-111111111111 --watch
  $ order list --attention
  $ order history 6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001 --type activity.failed
  $ order retry 6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001 --reason "the warehouse is back"
  $ order status 6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001 --json | jq -r .status

Environment:
  ORDER_URL  where the service listens (default: ${DEFAULT_URL})
  ORDER_KEY  the function key

Ends with:
  ${EXIT.done} done              ${EXIT.notFound} there is no such thing
  ${EXIT.failed} unforeseen        ${EXIT.refused} the order does not take that now
  ${EXIT.usage} wrong arguments   ${EXIT.denied} no key, or one that may not
  ${EXIT.unavailable} the service does not answer, or cannot now: try again`;

/** @param args without the program's own name. @returns the exit code of the process. */
export async function runCli(args: readonly string[], given: CliWorld): Promise<ExitCode> {
  const world: CliWorld = {
    ...given,
    stdout: (text) => given.stdout(visible(text)),
    stderr: (text) => given.stderr(visible(text)),
  };
  const program = programOf(world);
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof CliError) {
      world.stderr(`${error.message}\n`);
      return error.exitCode;
    }
    world.stderr(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT.failed;
  }
}

function programOf(world: CliWorld): Command {
  const { ORDER_URL = DEFAULT_URL, ORDER_KEY } = world.env;
  const program = new Command('order')
    .description('Places, follows and steers durable orders.')
    .option('--url <url>', 'where the service listens', ORDER_URL)
    .option('--key <key>', 'function key; better in ORDER_KEY, where others do not see it')
    .option('--json', 'answers as the service gives them, one JSON text a line')
    .exitOverride()
    .configureOutput({ writeOut: world.stdout, writeErr: world.stderr })
    .showHelpAfterError('(see order --help)')
    .addHelpText('after', HELP);
  const open = (command: Command): CliSession => {
    const options = command.optsWithGlobals<GlobalOptions>();
    return new CliSession(ORDER_KEY === undefined ? options : { key: ORDER_KEY, ...options }, world);
  };
  addSteerCommands(program, open);
  addReadCommands(program, open);
  addOperatorCommands(program, open);
  addKeyCommands(program, open);
  addDoctorCommand(program, open);
  addDiagramCommand(program, open);
  return program;
}

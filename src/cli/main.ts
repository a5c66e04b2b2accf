#!/usr/bin/env node
import { EXIT } from './exit-code.js';
import { runCli } from './cli-program.js';

// A reader that has seen enough closes the pipe, as `head` does: the program ends without a word.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.done);
});

void runCli(process.argv.slice(2), {
  env: process.env,
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
}).then((code) => {
  process.exitCode = code;
});

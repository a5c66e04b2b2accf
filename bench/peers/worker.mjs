// A peer's worker process: commands by IPC, events by IPC.
import { fork } from 'node:child_process';
import path from 'node:path';
import { nodeOf } from './peers.mjs';
import { kill } from './processes.mjs';

const HOST = path.join(import.meta.dirname, 'host.mjs');

/** @param onEvent called with what became of an order: `awaiting` or `completed`. */
export async function startWorker(peer, env, onEvent) {
  const child = fork(HOST, [peer.worker], {
    cwd: import.meta.dirname,
    execPath: nodeOf(peer),
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', DB: peer.database ?? '', ...env },
  });
  const calls = new Map();
  let last = 0;
  await new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => reject(new Error(`The worker ended at once (${code ?? signal}).`)));
    child.on('message', ({ event, id, call, answer, error }) => {
      if (event === 'ready') return resolve();
      if (event !== undefined) return onEvent(id, event);
      const waiting = calls.get(call);
      calls.delete(call);
      if (error === undefined) waiting.resolve(answer);
      else waiting.reject(new Error(error));
    });
  });
  child.on('exit', () => {
    for (const { reject } of calls.values()) reject(new Error('The worker died.'));
    calls.clear();
  });
  return {
    call: (command, id) =>
      new Promise((resolve, reject) => {
        last += 1;
        calls.set(last, { resolve, reject });
        child.send({ call: last, command, id });
      }),
    kill: () => kill(child),
  };
}

// The Restate server with its defaults: its log is synced in batches.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { freePort, kill } from './processes.mjs';

const PACKAGE = `restate-server-${process.platform}-${process.arch}`;
const BINARY = path.join(import.meta.dirname, 'node_modules/@restatedev', PACKAGE, 'bin/restate-server');
const LOOK_MS = 50;
const MOST_LOOKS = 400;

export async function startRestate(folder) {
  const [ingress, admin, node] = [await freePort(), await freePort(), await freePort()];
  const bind = ['--listen-mode', 'tcp', '--bind-ip', '127.0.0.1', '--bind-port', String(node)];
  const child = spawn(BINARY, ['--no-logo', ...bind, '--base-dir', folder], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      RESTATE_INGRESS__BIND_PORT: String(ingress),
      RESTATE_ADMIN__BIND_PORT: String(admin),
      RESTATE_DISABLE_TELEMETRY: 'true',
      RESTATE_LOG_FILTER: 'error',
    },
  });
  const [ingressUrl, adminUrl] = [`http://127.0.0.1:${ingress}`, `http://127.0.0.1:${admin}`];
  for (let look = 1; !(await isUp(`${adminUrl}/health`, `${ingressUrl}/restate/health`)); look += 1) {
    if (look > MOST_LOOKS || child.exitCode !== null) throw new Error('Restate did not start.');
    await sleep(LOOK_MS);
  }
  return {
    pid: child.pid,
    register: (workerUrl) => post(new Agent(), `${adminUrl}/deployments`, { uri: workerUrl }),
    client: (kind, connections) => clientOf(ingressUrl, kind, connections),
    stop: () => kill(child, 'SIGTERM'),
  };
}

async function isUp(...urls) {
  try {
    return (await Promise.all(urls.map((url) => fetch(url)))).every(({ ok }) => ok);
  } catch {
    return false;
  }
}

/** Restate's own HTTP ingress: a workflow, or an XState machine as a virtual object. */
function clientOf(url, kind, connections) {
  const agent = new Agent({ connections, pipelining: 1 });
  const routes =
    kind === 'workflow'
      ? {
          start: (id) => post(agent, `${url}/orderFlow/${id}/run/send`, {}),
          pay: (id) => post(agent, `${url}/orderFlow/${id}/pay`, { type: 'payment-accepted' }),
        }
      : {
          start: (id) => post(agent, `${url}/orderMachine/${id}/create/send`, { input: { id } }),
          pay: (id) => post(agent, `${url}/orderMachine/${id}/send`, { event: { type: 'payment-accepted' } }),
        };
  return { ...routes, close: () => agent.destroy() };
}

async function post(dispatcher, url, body) {
  const { statusCode, body: answer } = await request(url, {
    method: 'POST',
    dispatcher,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  const text = await answer.text();
  if (statusCode >= 300) throw new Error(`${url} was answered ${statusCode}: ${text.slice(0, 300)}`);
}

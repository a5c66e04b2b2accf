import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OrderApi, type DemoAddresses, type OrderStatusAnswer } from './order-api.js';
import { awaitsPayment, isCompleted, pay, showLedgers, watch } from './order-walk.js';
import { paint, say, type Story } from './terminal.js';

const PAYMENT_TIMEOUT_MS = 12_000;

/** A service of its own, on free ports and in a folder of its own, because it is going to be killed. */
class Victim {
  private constructor(
    private readonly folder: string,
    private process: ChildProcess,
    readonly addresses: DemoAddresses,
  ) {}

  static async start(): Promise<Victim> {
    const folder = await mkdtemp(path.join(tmpdir(), 'orders-demo-'));
    const { process: child, addresses } = await launch(folder, '0', '0');
    return new Victim(folder, child, addresses);
  }

  async killNine(): Promise<void> {
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }

  /** On the same ports and the same files. */
  async restart(): Promise<void> {
    const { service, sandbox } = this.addresses;
    const again = await launch(this.folder, new URL(service).port, new URL(sandbox).port);
    this.process = again.process;
  }

  async end(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGTERM');
      await once(this.process, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function launch(folder: string, port: string, sandboxPort: string) {
  const child = spawn(process.execPath, [path.join(__dirname, '../main.js')], {
    env: {
      PATH: process.env['PATH'],
      PORT: port,
      SANDBOX_PORT: sandboxPort,
      DATABASE_URL: `sqlite:${path.join(folder, 'orders.db')}`,
      SANDBOX_DATABASE: path.join(folder, 'sandbox.db'),
      SANDBOX_LATENCY_MS: '400',
      PAYMENT_TIMEOUT_MS: String(PAYMENT_TIMEOUT_MS),
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const addresses = await new Promise<DemoAddresses>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const service = /^Orders: +(\S+)/m.exec(output)?.[1];
      const sandbox = /^Partners: +(\S+)/m.exec(output)?.[1];
      if (service !== undefined && sandbox !== undefined) resolve({ service, sandbox, key: null });
    });
    child.once('exit', (code) => reject(new Error(`The service ended at start with code ${String(code)}.`)));
  });
  return { process: child, addresses };
}

/** Kills a service twice under one order, and once under an order whose payment never comes. @throws Error if it matters. */
export async function crashDemo(story: Story): Promise<void> {
  const victim = await Victim.start();
  try {
    const api = new OrderApi(victim.addresses);
    const crash = async (): Promise<void> => {
      await victim.killNine();
      story.tell(paint('red', 'kill -9'));
      await victim.restart();
      story.tell('The service is up again.');
    };

    const paid = await api.startOrder(await api.fillCart());
    story.tell(`Order ${paid}`);
    await watch(api, paid, story, ({ status }) => status === 'ReservingProducts');
    await crash();
    const before = await watch(api, paid, story, awaitsPayment);
    await crash();
    sameDeadline(before, await watch(api, paid, story, awaitsPayment), story);
    await pay(api, paid, story, 'accept');
    const end = await watch(api, paid, story, isCompleted);
    const counts = await showLedgers(api, paid);
    if (end.outcome !== 'fulfilled' || counts['captured'] !== 1 || counts['shipped'] !== 1) {
      throw new Error('The order did not end with one charge and one shipment.');
    }
    say(paint('green', '\nTwo crashes, one charge, one shipment.\n'));

    const unpaid = await api.startOrder(await api.fillCart());
    story.tell(`Order ${unpaid}, whose customer never pays`);
    const parked = await watch(api, unpaid, story, awaitsPayment);
    await crash();
    sameDeadline(parked, await watch(api, unpaid, story, awaitsPayment), story);
    const failed = await watch(
      api,
      unpaid,
      story,
      ({ status }) => status === 'PaymentFailed' || status === 'Completed',
    );
    const lateMs = Date.now() - Date.parse(parked.waitingFor?.until ?? '');
    const done = isCompleted(failed) ? failed : await watch(api, unpaid, story, isCompleted);
    if (done.outcome !== 'payment_timed_out') throw new Error(`The order ended as ${String(done.outcome)}.`);
    await showLedgers(api, unpaid);
    say(paint('green', `\nThe deadline fired ${lateMs} ms after its original time; nothing was charged.`));
  } finally {
    await victim.end();
  }
}

function sameDeadline(before: OrderStatusAnswer, after: OrderStatusAnswer, story: Story): void {
  const [was, is] = [before.waitingFor?.until, after.waitingFor?.until];
  if (was !== is) throw new Error(`The payment deadline moved from ${String(was)} to ${String(is)}.`);
  story.tell(`The payment deadline is still ${String(is)}.`);
}

/** The command line and the typed client, against the whole service with its partners, over real HTTP. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCli } from '../../src/cli/cli-program.js';
import { EXIT } from '../../src/cli/exit-code.js';
import { loadConfig } from '../../src/config/config-loader.js';
import { startService, type RunningService } from '../../src/service.js';
import { compiled } from '../support/compiled-sources.js';
import { waitUntil } from '../support/wait-until.js';

const FULL_CART = '11111111-1111-4111-8111-111111111111';
const NO_ORDER = '99999999-9999-4999-8999-999999999999';
const KEY = 'test-function-key-0001';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('The command line', () => {
  let folder: string;
  let service: RunningService;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'order-cli-'));
    service = await startService(
      loadConfig({
        NODE_ENV: 'test',
        PORT: '0',
        LOG_LEVEL: 'silent',
        ORDER_API_KEYS: `${KEY},test-function-key-0002`,
        DATABASE_URL: `sqlite:${path.join(folder, 'orders.db')}`,
        SANDBOX_PORT: '0',
        SANDBOX_LATENCY_MS: '0',
        SANDBOX_DATABASE: path.join(folder, 'sandbox.db'),
        ONE_ORDER_PER_CART: 'false',
      }),
    );
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  async function order(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
    let out = '';
    let err = '';
    const code = await runCli(args, {
      env: { ORDER_URL: service.url, ORDER_KEY: KEY, ...env },
      stdout: (text) => void (out += text),
      stderr: (text) => void (err += text),
    });
    return { code, out, err };
  }
  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, out, err } = await order([...args, '--json']);
    expect({ code, err }).toEqual({ code: EXIT.done, err: '' });
    return JSON.parse(out) as T; // the API document's type, checked below
  };
  const start = async (): Promise<string> => (await json<{ id: string }>('start', FULL_CART)).id;
  const payable = (id: string) =>
    waitUntil(`${id} to be payable`, async () => {
      const { waitingFor } = await json<{ waitingFor: { for: string } | null }>('status', id);
      return waitingFor?.for === 'payment' ? true : null;
    });

  it('the command line places an order, pays it and watches it to its end', async () => {
    const id = await start();
    await payable(id);
    const watched = order(['status', id, '--watch']);
    expect(await order(['pay', id])).toMatchObject({ code: EXIT.done, out: `${id}: payment.accepted accepted\n` });
    const { code, out } = await watched;
    expect(code).toBe(EXIT.done);
    expect(out).toContain('actor.started');
    expect(out).toContain('sendShippingOrder');
    expect(out).toMatch(/status: Completed \(fulfilled\)/);
    expect(await order(['history', id, '--type', 'actor.completed'])).toMatchObject({ code: EXIT.done });
    expect((await order(['list', '--outcome', 'fulfilled'])).out).toContain(id);
    expect((await order(['show', id])).out).toMatch(/runtime: +Completed/);
  });

  it('the command line places one order for one idempotency key', async () => {
    const args = ['start', FULL_CART, '--idempotency-key', 'cli-key-1'];
    const first = await json<{ id: string }>(...args);
    expect(await json<{ id: string }>(...args)).toEqual(first);
  });

  it('the command line rejects a payment, cancels, suspends, resumes and terminates, each in the history', async () => {
    const rejected = await start();
    await payable(rejected);
    expect((await order(['reject', rejected, '--reason', 'card_declined'])).code).toBe(EXIT.done);
    expect((await order(['status', rejected, '-w'])).out).toContain('payment_failed');

    const steered = await start();
    await payable(steered);
    for (const command of ['suspend', 'resume', 'terminate']) {
      const { code, err } = await order([command, steered, '--reason', `to see ${command}`]);
      expect({ command, code, err }).toEqual({ command, code: EXIT.done, err: '' });
    }
    const { out } = await order(['history', steered]);
    expect(out).toContain('to see suspend');
    expect(out).toContain('to see terminate');

    const cancelled = await start();
    await payable(cancelled);
    expect((await order(['cancel', cancelled])).code).toBe(EXIT.done);
    expect((await order(['status', cancelled, '-w'])).out).toContain('cancelled');
    expect((await order(['purge', cancelled, '--reason', 'no longer needed'])).code).toBe(EXIT.done);
    expect((await order(['status', cancelled])).code).toBe(EXIT.notFound);
  });

  it('the command line lists keys, revokes one, and revokes and makes tokens', async () => {
    const { items } = await json<{ items: { fingerprint: string; state: string }[] }>('keys');
    expect((await order(['keys'])).out).toContain(items[0]?.fingerprint);
    const lost = items.at(-1)?.fingerprint ?? '';
    expect(await order(['revoke-key', lost, '--reason', 'left in a chat'])).toMatchObject({ code: EXIT.done });
    expect((await order(['keys'])).out).toContain('revoked');
    expect((await order(['revoke-key', '0000000000000000', '--reason', 'a slip'])).code).toBe(EXIT.notFound);

    const id = await start();
    expect((await order(['token', id])).out).toMatch(new RegExp(`^order_${id}_`));
    expect((await order(['revoke-tokens', id, '--reason', 'passed on'])).code).toBe(EXIT.done);
  });

  it('a failed command has its own exit code and says what went wrong', async () => {
    expect(await order(['status', NO_ORDER])).toMatchObject({
      code: EXIT.notFound,
      err: expect.stringContaining('order_not_found') as string,
    });
    expect((await order(['status', 'no-id'])).code).toBeGreaterThan(EXIT.done);
    expect((await order(['list', '--status', 'Nowhere'])).code).toBe(EXIT.usage);
    expect((await order(['list'], { ORDER_KEY: 'wrong-function-key-01' })).code).toBe(EXIT.denied);
    expect((await order(['list', '--url', 'http://127.0.0.1:9'])).code).toBe(EXIT.unavailable);
    expect((await order(['nonsense'])).code).toBe(EXIT.usage);
    expect((await order(['suspend', NO_ORDER])).code).toBe(EXIT.usage);

    const id = await start();
    await payable(id);
    expect((await order(['resume', id, '--reason', 'it is not suspended'])).code).toBe(EXIT.refused);
    expect((await order(['purge', id, '--reason', 'it has not ended'])).code).toBe(EXIT.refused);
  });

  it('`order doctor` examines the service', async () => {
    const { code, out } = await order(['doctor']);
    expect(out).toMatch(/^ok +reachable/m);
    expect(out).toMatch(/^ok +ready/m);
    expect({ code, out }).toMatchObject({ code: EXIT.done });
    expect((await order(['doctor', '--url', 'http://127.0.0.1:9'])).code).toBe(EXIT.failed);
    expect((await order(['doctor'], { ORDER_KEY: 'wrong-function-key-01' })).out).toMatch(/^WRONG +key/m);
  });

  it('the command line draws the machines', async () => {
    expect((await order(['diagram'])).out).toContain('AwaitingPayment');
    expect((await order(['diagram', 'order', '--format', 'svg'])).out).toContain('<svg');
    expect((await order(['diagram', 'nothing'])).code).toBe(EXIT.notFound);
  });

  it('the help has examples', async () => {
    const { code, out } = await order(['--help']);
    expect(code).toBe(EXIT.done);
    expect(out).toContain('$ order start');
  });

  it('a reader that closes the pipe early ends the command line without an error', async () => {
    const child = spawn(process.execPath, [compiled('src/cli/main.js'), '--help'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, err }).toEqual({ code: EXIT.done, err: '' });
  });

  describe('shows what a hostile service answers as text', () => {
    const NASTY = '\u001b[2J\u001b]0;x\u0007\u009b31m\u202e\u2028\u0000\r\nFORGED';
    /** Every text of every answer, with everything that a terminal would obey. */
    const spoilt = (value: unknown): unknown => {
      if (typeof value === 'string') return `${value}${NASTY}`;
      if (Array.isArray(value)) return value.map(spoilt);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spoilt(inner)]));
    };
    const hostile: typeof fetch = async (...request) => {
      const answer = await fetch(...request);
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json') === true;
      const body = isJson ? JSON.stringify(spoilt(JSON.parse(text))) : `${text}${NASTY}`;
      return new Response(body, {
        status: answer.status,
        headers: { 'content-type': answer.headers.get('content-type') ?? '' },
      });
    };

    it.each([
      ['status', 'ID'],
      ['show', 'ID'],
      ['list'],
      ['history', 'ID'],
      ['incidents'],
      ['start', FULL_CART],
      ['suspend', 'ID', '--reason', 'a look'],
      ['resume', 'ID', '--reason', 'seen'],
      ['pay', 'ID'],
      ['cancel', 'ID'],
      ['diagram'],
      ['doctor'],
      ['status', NO_ORDER],
      ['cancel', NO_ORDER],
      ['status', 'no-id'],
    ])('%s %s', async (...args) => {
      const { id } = await json<{ id: string }>('start', FULL_CART);
      for (const extra of [[], ['--json']]) {
        let said = '';
        await runCli([...args.map((arg) => (arg === 'ID' ? id : arg)), ...extra], {
          env: { ORDER_URL: service.url, ORDER_KEY: KEY },
          stdout: (text) => void (said += text),
          stderr: (text) => void (said += text),
          fetch: hostile,
        });
        // eslint-disable-next-line no-control-regex -- they are what must not be there
        expect(said).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028]/);
        if (args[0] !== 'diagram') expect(said.split('\n').filter((line) => line.startsWith('FORGED'))).toEqual([]);
      }
    });
  });
});

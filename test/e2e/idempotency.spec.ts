import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenStore } from '../../src/store/store-config.js';
import { createStore } from '../../src/store/store-factory.js';
import { HttpRig } from '../support/http-rig.js';
import { waitUntil } from '../support/wait-until.js';

const KEY = 'checkout-1';

/** One process on the file; it can die before it has stored an answer. */
interface Process {
  readonly rig: HttpRig;
  readonly opened: OpenStore;
}

let folder: string;
let path: string;
const processes: Process[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idempotency-'));
  path = join(folder, 'orders.db');
});
afterEach(async () => {
  for (const { rig, opened } of processes.splice(0)) {
    await rig.close();
    await opened.close();
  }
  await rm(folder, { recursive: true, force: true });
});

/** @param dies the process comes as far as to its answer, and no further. */
async function open({ dies }: { readonly dies: boolean }): Promise<Process> {
  const opened = await createStore({ type: 'sqlite', path });
  const { store, idempotency: answers } = opened;
  const never = (): Promise<void> => new Promise(() => undefined);
  const dying = { claim: answers.claim.bind(answers), keep: never, release: never, removeExpired: never as never };
  const rig = await HttpRig.start({ onePerCart: true, database: { store, answers: dies ? dying : answers } });
  const process = { rig, opened };
  processes.push(process);
  return process;
}

/** As kill -9: nothing is handed back, nothing is answered; the file's lock goes with the process. */
async function kill({ opened }: Process): Promise<void> {
  await opened.close();
}

const countOf = async ({ rig }: Process): Promise<number> =>
  ((await rig.request.get('/orders?limit=200').expect(200)).body as { items: object[] }).items.length;

describe('A process that dies between an effect and its response (G17)', () => {
  it('the next process gives a repeated request the order that it placed', async () => {
    const cart = randomUUID();
    const first = await open({ dies: true });
    const start = ({ rig }: Process) =>
      rig.request.post(`/order/start/${cart}`).set('Idempotency-Key', KEY).send({ userId: 'u-1' });
    const unanswered = start(first);
    unanswered.end(() => undefined);
    await waitUntil('the order', async () => ((await countOf(first)) === 1 ? true : null));
    const [placed] = ((await first.rig.request.get('/orders')).body as { items: { id: string }[] }).items;
    unanswered.abort();
    await kill(first);

    const second = await open({ dies: false });
    const again = await start(second).expect(202);
    expect(again.body).toMatchObject({ id: placed!.id });
    expect(await countOf(second)).toBe(1);
    const replayed = await start(second).expect(202).expect('idempotency-replayed', 'true');
    expect(replayed.text).toBe(again.text);
    await second.rig.request
      .post(`/order/start/${cart}`)
      .set('Idempotency-Key', KEY)
      .send({ userId: 'u-2' })
      .expect(422);
  });

  it('a command is carried out once, however often it is repeated in later processes', async () => {
    const first = await open({ dies: false });
    const id = await first.rig.payableOrder();
    await first.rig.close();
    await first.opened.close();

    const second = await open({ dies: true });
    const suspend = ({ rig }: Process) =>
      rig.request.post(`/order/${id}/suspend`).set('Idempotency-Key', KEY).send({ reason: 'a look' });
    const unanswered = suspend(second);
    unanswered.end(() => undefined);
    await waitUntil('the suspension', async () => {
      const answer = await second.rig.request.get(`/order/${id}`);
      return (answer.body as { runtimeStatus: string }).runtimeStatus === 'Suspended' ? true : null;
    });
    unanswered.abort();
    await kill(second);

    const third = await open({ dies: false });
    await suspend(third).expect(202);
    await suspend(third).expect(202).expect('idempotency-replayed', 'true');
    const answer = await third.rig.request.get(`/order/${id}/history?type=actor.suspended`).expect(200);
    expect((answer.body as { items: object[] }).items).toHaveLength(1);
  });
});

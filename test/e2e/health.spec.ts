import supertest from 'supertest';
import { DurableRuntime } from '../../src/durable/index.js';
import { HEALTH_OPTIONS, type HealthOptions } from '../../src/http/health/health-options.js';
import { ServiceRig } from '../support/service-rig.js';
import { waitUntil } from '../support/wait-until.js';

describe('Health', () => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await ServiceRig.start({
      GIT_COMMIT: '1a2b3c4d',
      READY_MAX_TIMER_LAG_MS: '1000',
      READY_MAX_BACKLOG: '3',
    });
  });
  afterAll(() => rig.close());
  afterEach(() => jest.restoreAllMocks());

  const options = () => rig.service.app.get<HealthOptions>(HEALTH_OPTIONS, { strict: false });
  /** The answer of the database holds for a moment. */
  const readiness = (status: number, reason?: string) =>
    waitUntil(`/health/ready to answer ${status} ${reason ?? ''}`, async () => {
      const answer = await rig.api.get('/health/ready');
      const body = answer.body as Record<string, unknown>; // the contract of the route
      return answer.status === status && body['reason'] === reason ? body : null;
    });

  it('the process is live as long as it answers', async () => {
    await rig.api.get('/health/live').expect(200, { status: 'ok' }).expect('cache-control', 'no-store');
  });

  it('the service is ready when the database answers and nothing is late', async () => {
    expect(await readiness(200)).toEqual({ status: 'ok', timerLagMs: 0, backlog: 0 });
  });

  it('the service is not ready while the database answers and takes no writes, as with a full disk (G1)', async () => {
    const { store } = rig.service.app.get(DurableRuntime, { strict: false });
    jest.spyOn(store, 'renewNode').mockRejectedValue(new Error('SQLITE_FULL'));
    expect(await readiness(503, 'store_not_writable')).toMatchObject({
      detail: expect.stringMatching(/disk/) as unknown,
    });
    jest.restoreAllMocks();
    expect(await readiness(200)).toMatchObject({ status: 'ok' });
  });

  it('the service is not ready when a timer is too late or too many tasks are due, and says which', async () => {
    const backlog = jest.spyOn(options().stats, 'backlog');
    backlog.mockImplementation((now) => Promise.resolve({ tasks: 1, oldestTimerDueAt: now - 1_001 }));
    expect(await readiness(503, 'timers_late')).toEqual({
      status: 'unavailable',
      reason: 'timers_late',
      detail: expect.stringMatching(/^The oldest timer is \d+ ms late, 1000 are allowed\.$/) as unknown,
      timerLagMs: expect.any(Number) as unknown,
      backlog: 1,
    });
    backlog.mockImplementation((now) => Promise.resolve({ tasks: 3, oldestTimerDueAt: now - 900 }));
    expect(await readiness(200)).toMatchObject({ backlog: 3 });
    backlog.mockImplementation(() => Promise.resolve({ tasks: 4, oldestTimerDueAt: null }));
    expect(await readiness(503, 'backlog_too_long')).toMatchObject({
      detail: '4 tasks are due, 3 are allowed.',
      backlog: 4,
    });
  });

  it('the service is not ready while the database is away, and ready at once when it is back', async () => {
    const backlog = jest.spyOn(options().stats, 'backlog').mockRejectedValue(new Error('away'));
    await readiness(503, 'store_unavailable');
    await rig.api.get('/health/live').expect(200);
    backlog.mockRestore();
    await rig.api.get('/health/ready').expect(200);
  });

  it('concurrent health checks ask the database once', async () => {
    await readiness(200);
    const backlog = jest.spyOn(options().stats, 'backlog').mockRejectedValueOnce(new Error('away'));
    await readiness(503, 'store_unavailable');
    backlog.mockClear();
    await Promise.all(Array.from({ length: 10 }, () => rig.api.get('/health/ready').expect(200)));
    expect(backlog).toHaveBeenCalledTimes(1);
  });

  it('the build information has version, commit, Node.js and the newest migration', async () => {
    const { body } = (await rig.api.get('/health/build').expect(200)) as { body: Record<string, string> };
    expect(body).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
      commit: '1a2b3c4d',
      node: process.versions.node,
      schema: expect.stringMatching(/Sqlite\d{13}$/) as unknown,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown,
    });
  });

  it('only operators get the build information where keys are configured', async () => {
    const guarded = await ServiceRig.start({ ACCESS_KEYS: `ops:operator:sha256:${'1'.repeat(64)}` });
    try {
      await supertest(guarded.service.url).get('/health/build').expect(401);
      await supertest(guarded.service.url).get('/health/ready').expect(200);
    } finally {
      await guarded.close();
    }
  });
});

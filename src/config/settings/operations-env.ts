import { baseUrl, DAY_MS, flag, gitCommit, integer, key, text } from '../env-rules.js';

export const operationsEnv = {
  METRICS_KEY: key()
    .optional()
    .describe(
      "Key that opens `GET /metrics` and nothing else, sent as `Authorization: Bearer <key>`. An operator's key opens it too. Unset, and no other key set: open in development.",
    ),
  READY_MAX_TIMER_LAG_MS: integer(1, DAY_MS, 'milliseconds')
    .prefault('60000')
    .describe('When a timer is later than this, `GET /health/ready` answers 503.'),
  READY_MAX_BACKLOG: integer(1, 10_000, 'tasks')
    .prefault('5000')
    .describe('When more tasks than this are due and nobody runs them, `GET /health/ready` answers 503.'),
  READY_MAX_CLOCK_OFFSET_MS: integer(100, DAY_MS, 'milliseconds')
    .prefault('2000')
    .describe(
      "When this machine's clock is further from that of PostgreSQL, `GET /health/ready` answers 503. Leases and deadlines go by PostgreSQL's clock all the same.",
    ),
  OVERLOAD_MAX_WAIT_MS: integer(100, 600_000, 'milliseconds')
    .prefault('5000')
    .describe(
      'When a request would have to wait longer than this for its commit to begin, it gets 503 `overloaded` and `Retry-After`. What was begun always goes on.',
    ),
  OVERLOAD_MAX_MB: integer(1, 1_000_000, 'megabytes')
    .optional()
    .describe(
      'When messages and commits under way take more memory than this, requests get 503 `overloaded`. Unset: a quarter of the heap (`--max-old-space-size`).',
    ),
  READS_BEFORE_COMMIT: flag()
    .prefault('true')
    .describe(
      '`true`: a call that only reads at a partner begins while the step that asked for it is being committed, and steps that only read are committed together within a tenth of a second. `false`: every step is committed before its call begins.',
    ),
  SHUTDOWN_DELAY_MS: integer(0, 300_000, 'milliseconds')
    .prefault('0')
    .describe('After SIGTERM the service goes on for this long but is not ready, so that a load balancer turns away.'),
  SHUTDOWN_TIMEOUT_MS: integer(100, 600_000, 'milliseconds')
    .prefault('10000')
    .describe('After the delay the service takes nothing new and has this long to finish running calls and requests.'),
  GIT_COMMIT: gitCommit()
    .optional()
    .describe('Commit of the build, shown by `/health/build` and the metrics. Unset: `unknown`.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl()
    .optional()
    .describe('Where traces go, by OTLP over HTTP in JSON. Unset: the service makes no traces.'),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: baseUrl()
    .optional()
    .describe('The same as a whole URL; it wins over OTEL_EXPORTER_OTLP_ENDPOINT. Unset: made from it.'),
  OTEL_SERVICE_NAME: text().prefault('durable-orders').describe("The service's name in traces."),
  OTEL_SDK_DISABLED: flag().prefault('false').describe('`true`: the service makes no traces.'),
};

/**
 * The layers, and who may import whom. Wiring files (main.ts, *.module.ts, and what lies in src itself) are the composition
 * root and may see every layer. docs/ARCHITECTURE.md shows the same table for readers; test/architecture/mutants.cjs
 * proves that each rule here bites.
 */
const WIRING = '(\\.module\\.ts|/main\\.ts|\\.spec\\.ts)$';
const OURS = '^src/(?!';
const LAYERS = [
  'api',
  'audit',
  'cli',
  'clients',
  'config',
  'contracts',
  'dashboard',
  'demo',
  'durable',
  'http',
  'idempotency',
  'maintenance',
  'orders',
  'payment-webhooks',
  'push',
  'returns',
  'sandbox',
  'store',
  'telemetry',
];
/** @param {string} layer @param {string[]} allowed */
const only = (layer, allowed, comment) => ({
  name: `layer-${layer.replaceAll('/', '-')}`,
  comment,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: WIRING },
  to: { path: `${OURS}(${[layer, ...allowed].join('|')})/)` },
});
/** The controllers of a feature, apart from what they control. */
const controllersOf = (feature, folders, allowed) => ({
  name: `layer-${feature}-http`,
  comment: 'Controllers speak to their own feature, and use the kit.',
  severity: 'error',
  from: { path: `^src/${feature}/(${folders})/`, pathNot: WIRING },
  to: { path: `${OURS}(${[feature, 'durable', 'http', 'idempotency', ...allowed].join('|')})/)` },
});
/** A feature apart from its controllers. */
const domain = (feature, folders, allowed, comment) => ({
  name: `layer-${feature}`,
  comment,
  severity: 'error',
  from: { path: `^src/${feature}/(?!(${folders})/)`, pathNot: WIRING },
  to: { path: `${OURS}(${[feature, 'durable', ...allowed].join('|')})/)|^src/${feature}/(${folders})/` },
});

/** Which rooms of the runtime each of its rooms may import: the ladder. */
const LADDER = {
  json: [],
  model: ['json'],
  time: ['json', 'model'],
  lease: ['json', 'model', 'time'],
  xstate: ['json', 'model'],
  machine: ['json', 'model', 'xstate'],
  activity: ['json', 'model', 'time', 'xstate', 'machine'],
  turn: ['json', 'model', 'xstate', 'machine'],
  draft: ['json', 'model', 'xstate', 'machine', 'turn'],
  commit: ['json', 'model', 'time'],
  runtime: ['json', 'model', 'time', 'lease', 'xstate', 'machine', 'activity', 'turn', 'draft', 'commit'],
  handle: ['json', 'model', 'time', 'lease', 'xstate', 'machine', 'activity', 'turn', 'draft', 'commit', 'runtime'],
  nest: [
    'json',
    'model',
    'time',
    'lease',
    'xstate',
    'machine',
    'activity',
    'turn',
    'draft',
    'commit',
    'runtime',
    'handle',
  ],
  testing: [
    'json',
    'model',
    'time',
    'lease',
    'xstate',
    'machine',
    'activity',
    'turn',
    'draft',
    'commit',
    'runtime',
    'handle',
  ],
};
const ladder = Object.entries(LADDER).map(([room, below]) => ({
  name: `durable-${room}`,
  comment: 'A room of the runtime imports the rooms below it.',
  severity: 'error',
  from: { path: `^src/durable/${room}/`, pathNot: '\\.spec\\.ts$' },
  to: { path: `^src/durable/(?!(${[room, ...below].join('|')})/)` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Types count: two files that need each other are one.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-circular-in-tests',
      comment: 'A suite may name a type of the one that gathers the suites.',
      severity: 'error',
      from: { path: '^test/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependency-in-production',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-in-production',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/|\\.spec\\.ts$' },
    },
    {
      name: 'every-folder-is-a-layer',
      comment: 'A new folder of src needs a line of its own below.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${LAYERS.join('|')})/` },
      to: {},
    },
    only('config', [], 'The environment is parsed without knowing who reads it.'),
    only('durable', [], 'The runtime knows nothing of orders.'),
    domain('orders', 'http', [], 'The domain sees the runtime and its own ports.'),
    controllersOf('orders', 'http', []),
    domain('payment-webhooks', 'http|stripe', ['orders'], 'What a provider reports is told to its order.'),
    controllersOf('payment-webhooks', 'http|stripe', ['orders']),
    only(
      'clients',
      ['durable', 'orders/ports', 'orders/machine', 'contracts'],
      'Clients implement the ports, and time their calls as the runtime does.',
    ),
    only('contracts', [], 'Wire types stand alone.'),
    domain('push', 'http', ['orders'], 'Streams and outbound webhooks publish what happens to orders.'),
    controllersOf('push', 'http', ['orders']),
    only('audit', ['durable', 'http'], 'It writes down what staff set about doing.'),
    only('idempotency', ['durable', 'http'], 'It stores the responses to requests that carry a key.'),
    only(
      'maintenance',
      ['durable', 'orders', 'payment-webhooks', 'idempotency', 'http/revocations'],
      'Periodic tasks prune what the features no longer need.',
    ),
    only(
      'store',
      ['audit', 'durable', 'orders', 'push', 'payment-webhooks', 'idempotency', 'http/revocations'],
      'The only place with TypeORM.',
    ),
    {
      name: 'layer-http',
      comment:
        'The kit of the controllers knows the runtime and what text may be on the wire, and none of the features that use it.',
      severity: 'error',
      from: { path: '^src/http/(?!workflows/)', pathNot: WIRING },
      to: { path: `${OURS}(http|durable|contracts)/)` },
    },
    {
      name: 'layer-http-workflows',
      comment: 'Routes of any durable machine: the kit and idempotency.',
      severity: 'error',
      from: { path: '^src/http/workflows/', pathNot: WIRING },
      to: { path: `${OURS}(http|durable|idempotency)/)` },
    },
    {
      name: 'layer-returns',
      comment: "A feature beside orders: it sees the runtime, the orders' public side, and how HTTP is done here.",
      severity: 'error',
      from: { path: '^src/returns/', pathNot: WIRING },
      to: {
        path: `${OURS}(returns|durable|orders/ports|http/workflows)/|${[
          'orders/machine/(order/order-model|retry/[a-z-]+)\\.ts$',
          'orders/order-queries\\.ts$',
          'orders/activities/order-activity-outputs\\.ts$',
        ].join('|')})`,
      },
    },
    {
      name: 'returns-meet-http-at-their-edge',
      comment: 'The machine of a feature and its activities know nothing of HTTP.',
      severity: 'error',
      from: { path: '^src/returns/', pathNot: `\\.controller\\.ts$|${WIRING}` },
      to: { path: '^src/http/' },
    },
    only(
      'dashboard',
      ['orders', 'durable', 'http/(openapi|auth|params|problem|validation)'],
      "Operators' pages speak to the domain, and are guarded and documented as HTTP is done here.",
    ),
    only(
      'telemetry',
      ['durable', 'clients', 'orders/ports', 'http/(auth|problem|health)'],
      'It watches the runtime and the calls to partners, and answers over HTTP; nobody but the wiring knows of it.',
    ),
    only('sandbox', ['contracts'], 'Partners know only the wire contract.'),
    only('demo', ['contracts'], 'The demo is a client like any other.'),
    only('api', [], 'The typed client is made of the API document alone.'),
    only('cli', ['api'], 'The command line is a client like any other.'),
    {
      name: 'machine-is-pure',
      comment:
        'Machines import xstate and their siblings, nothing else; that of returns is built of pieces of that of orders.',
      severity: 'error',
      from: { path: '^src/(orders/machine/|returns/return-(machine|model)\\.ts$)', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/(orders/machine/|returns/return-model\\.ts$)|^node_modules/(xstate|dinero\\.js)/' },
    },
    ...ladder,
    {
      name: 'durable-is-entered-by-its-entries',
      comment: 'index.ts for applications, store.ts for stores, testing.ts for tests, inspect.ts for tools.',
      severity: 'error',
      from: { path: '^(src|test)/', pathNot: '^src/durable/' },
      to: { path: '^src/durable/(?!(index|store|testing|inspect)\\.ts$)' },
    },
    {
      name: 'durable-store-entry-is-for-stores',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(store|durable)/|\\.spec\\.ts$' },
      to: { path: '^src/durable/store\\.ts$' },
    },
    {
      name: 'durable-inspect-entry-is-for-tools',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(dashboard|durable)/|\\.spec\\.ts$' },
      to: { path: '^src/durable/inspect\\.ts$' },
    },
    {
      name: 'durable-testing-entry-is-for-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/durable/|\\.spec\\.ts$' },
      to: { path: '^src/durable/testing' },
    },
    {
      name: 'durable-imports-xstate-and-node-only',
      comment: 'Nest is allowed in one room, so that a team can lift the runtime out.',
      severity: 'error',
      from: { path: '^src/durable/', pathNot: '^src/durable/nest/|\\.spec\\.ts$' },
      to: { pathNot: '^src/durable/|^node_modules/(xstate|lru-cache)/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'typeorm-only-in-store-and-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(store|sandbox)/' },
      to: { path: '^node_modules/(typeorm|@nestjs/typeorm|sqlite3|pg)/' },
    },
    {
      name: 'http-client-only-in-clients',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(clients|sandbox)/' },
      to: { path: '^node_modules/(axios|@nestjs/axios)/' },
    },
    {
      name: 'metrics-and-traces-only-in-telemetry',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/telemetry/' },
      to: { path: '^node_modules/(prom-client|@opentelemetry)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // A .js import finds its .ts file through the tsConfig.
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default'] },
  },
};

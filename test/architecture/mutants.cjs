/**
 * Proves that each layer rule of .dependency-cruiser.cjs can fail: `npm run layers:selftest`.
 *
 * It writes a small source tree into the system's temp folder: one mutant file per forbidden import, and files with
 * allowed imports. dependency-cruiser must report each mutant under exactly the rules that forbid it, and no allowed
 * file. A rule that no mutant breaks is a failure too.
 */
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const PROJECT = path.resolve(__dirname, '../..');
const CONFIG = path.join(PROJECT, '.dependency-cruiser.cjs');
const CRUISER = path.join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** What the mutants import. None of them imports anything. */
const TARGETS = [
  'src/app-address.ts',
  'src/clients/transport/partner-http.ts',
  'src/config/app-config.ts',
  'src/contracts/money-contract.ts',
  'src/durable/index.ts',
  'src/durable/inspect.ts',
  'src/durable/store.ts',
  'src/durable/testing.ts',
  ...[
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
    'nest',
    'testing',
  ].map((room) => `src/durable/${room}/room.ts`),
  'src/http/problem/feature-error.ts',
  'src/http/revocations/revocation-store.port.ts',
  'src/http/workflows/index.ts',
  'src/idempotency/idempotency-store.port.ts',
  'src/maintenance/order-pruner.ts',
  'src/orders/http/order.controller.ts',
  'src/orders/order-queries.ts',
  'src/orders/order.service.ts',
  'src/orders/machine/order/order-machine.ts',
  'src/orders/ports/partner-ports.ts',
  'src/payment-webhooks/payment-inbox.ts',
  'src/push/feed/change-feed.ts',
  'src/returns/return-registration.ts',
  'src/store/actor.entity.ts',
  'src/telemetry/telemetry.ts',
  'test/support/wait-until.ts',
];

/** A room of the runtime that imports the room above it. */
const upwards = (room, above) => ({
  what: `durable/${room} imports durable/${above}`,
  file: `src/durable/${room}/mutant.ts`,
  imports: `import '../${above}/room.js';`,
  rules: [`durable-${room}`],
});

/** @type {{ what: string, file: string, imports: string, rules: string[], with?: Record<string, string> }[]} */
const MUTANTS = [
  upwards('json', 'model'),
  upwards('model', 'time'),
  upwards('model', 'xstate'),
  upwards('time', 'lease'),
  upwards('lease', 'xstate'),
  upwards('xstate', 'machine'),
  upwards('machine', 'activity'),
  upwards('machine', 'turn'),
  upwards('activity', 'turn'),
  upwards('turn', 'activity'),
  upwards('turn', 'draft'),
  upwards('draft', 'activity'),
  upwards('draft', 'runtime'),
  upwards('commit', 'draft'),
  upwards('commit', 'runtime'),
  upwards('runtime', 'handle'),
  upwards('handle', 'nest'),
  upwards('nest', 'testing'),
  upwards('testing', 'nest'),
  {
    what: 'an application imports past the entry',
    file: 'src/orders/mutant-deep.ts',
    imports: "import '../durable/runtime/room.js';",
    rules: ['durable-is-entered-by-its-entries'],
  },
  {
    what: 'wiring imports past the entry',
    file: 'src/orders/mutant.module.ts',
    imports: "import '../durable/nest/room.js';",
    rules: ['durable-is-entered-by-its-entries'],
  },
  {
    what: 'a test imports past the entry',
    file: 'test/support/mutant-deep.ts',
    imports: "import '../../src/durable/turn/room.js';",
    rules: ['durable-is-entered-by-its-entries'],
  },
  {
    what: 'a feature imports the entry of stores',
    file: 'src/orders/mutant-entry.ts',
    imports: "import '../durable/store.js';",
    rules: ['durable-store-entry-is-for-stores'],
  },
  {
    what: 'a feature imports the entry of tools',
    file: 'src/push/mutant-inspect.ts',
    imports: "import '../durable/inspect.js';",
    rules: ['durable-inspect-entry-is-for-tools'],
  },
  {
    what: 'a feature imports the entry of tests',
    file: 'src/orders/mutant-testing.ts',
    imports: "import '../durable/testing.js';",
    rules: ['durable-testing-entry-is-for-tests'],
  },
  {
    what: 'the domain imports its controllers',
    file: 'src/orders/mutant-http.ts',
    imports: "import './http/order.controller.js';",
    rules: ['layer-orders'],
  },
  {
    what: "orders' controllers import store",
    file: 'src/orders/http/mutant-store.ts',
    imports: "import '../../store/actor.entity.js';",
    rules: ['layer-orders-http'],
  },
  {
    what: 'payment webhooks import push',
    file: 'src/payment-webhooks/mutant-push.ts',
    imports: "import '../push/feed/change-feed.js';",
    rules: ['layer-payment-webhooks'],
  },
  {
    what: "payment webhooks' controllers import store",
    file: 'src/payment-webhooks/http/mutant-store.ts',
    imports: "import '../../store/actor.entity.js';",
    rules: ['layer-payment-webhooks-http'],
  },
  {
    what: "push's controllers import store",
    file: 'src/push/http/mutant-store.ts',
    imports: "import '../../store/actor.entity.js';",
    rules: ['layer-push-http'],
  },
  {
    what: 'idempotency imports orders',
    file: 'src/idempotency/mutant-orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-idempotency'],
  },
  {
    what: 'audit imports store',
    file: 'src/audit/mutant-store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-audit'],
  },
  {
    what: 'maintenance imports http',
    file: 'src/maintenance/mutant-http.ts',
    imports: "import '../http/problem/feature-error.js';",
    rules: ['layer-maintenance'],
  },
  {
    what: 'store imports http',
    file: 'src/store/mutant-http.ts',
    imports: "import '../http/problem/feature-error.js';",
    rules: ['layer-store'],
  },
  {
    what: 'maintenance imports store',
    file: 'src/maintenance/mutant-store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-maintenance'],
  },
  {
    what: 'durable imports @nestjs/common outside of its room nest',
    file: 'src/durable/runtime/mutant-nest.ts',
    imports: "import { Injectable } from '@nestjs/common';",
    rules: ['durable-imports-xstate-and-node-only'],
  },
  {
    what: 'durable imports typeorm',
    file: 'src/durable/runtime/mutant-typeorm.ts',
    imports: "import { DataSource } from 'typeorm';",
    rules: ['durable-imports-xstate-and-node-only', 'typeorm-only-in-store-and-sandbox'],
  },
  {
    what: 'durable imports typeorm in its module file',
    file: 'src/durable/nest/durable.module.ts',
    imports: "import { DataSource } from 'typeorm';",
    rules: ['typeorm-only-in-store-and-sandbox'],
  },
  {
    what: 'durable imports orders',
    file: 'src/durable/runtime/mutant-orders.ts',
    imports: "import '../../orders/order.service.js';",
    rules: ['durable-imports-xstate-and-node-only', 'layer-durable'],
  },
  {
    what: 'durable imports a type of orders',
    file: 'src/durable/runtime/mutant-type.ts',
    imports: "import type { It } from '../../orders/order.service.js';",
    rules: ['durable-imports-xstate-and-node-only', 'layer-durable'],
  },
  {
    what: 'the machine imports node:fs',
    file: 'src/orders/machine/mutant-fs.ts',
    imports: "import { readFileSync } from 'node:fs';",
    rules: ['machine-is-pure'],
  },
  {
    what: 'the machine imports the ports of its own layer',
    file: 'src/orders/machine/mutant-ports.ts',
    imports: "import '../ports/partner-ports.js';",
    rules: ['machine-is-pure'],
  },
  {
    what: 'orders imports store',
    file: 'src/orders/mutant-store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-orders'],
  },
  {
    what: 'orders imports the composition root',
    file: 'src/orders/mutant-root.ts',
    imports: "import '../app-address.js';",
    rules: ['layer-orders'],
  },
  {
    what: 'http imports store',
    file: 'src/http/mutant-store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-http'],
  },
  {
    what: 'the kit of HTTP imports the domain',
    file: 'src/http/mutant-orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-http'],
  },
  {
    what: 'the routes of machines import the domain',
    file: 'src/http/workflows/mutant-orders.ts',
    imports: "import '../../orders/order.service.js';",
    rules: ['layer-http-workflows'],
  },
  {
    what: 'http imports a feature beside orders',
    file: 'src/http/mutant-returns.ts',
    imports: "import '../returns/return-registration.js';",
    rules: ['layer-http'],
  },
  {
    what: 'push imports store',
    file: 'src/push/mutant-store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-push'],
  },
  {
    what: 'push imports http',
    file: 'src/push/mutant-http.ts',
    imports: "import '../http/problem/feature-error.js';",
    rules: ['layer-push'],
  },
  {
    what: 'returns import store',
    file: 'src/returns/mutant-store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-returns'],
  },
  {
    what: "returns import the orders' machine instead of asking the service",
    file: 'src/returns/mutant-machine.ts',
    imports: "import '../orders/machine/order/order-machine.js';",
    rules: ['layer-returns'],
  },
  {
    what: 'what runs returns knows of HTTP',
    file: 'src/returns/mutant-registration.ts',
    imports: "import '../http/workflows/index.js';",
    rules: ['returns-meet-http-at-their-edge'],
  },
  {
    what: 'the machine of returns queries orders',
    file: 'src/returns/return-machine.ts',
    imports: "import '../orders/order-queries.js';",
    rules: ['machine-is-pure'],
  },
  {
    what: 'dashboard imports store',
    file: 'src/dashboard/mutant-store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-dashboard'],
  },
  {
    what: 'clients imports the order service instead of its ports',
    file: 'src/clients/mutant-orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-clients'],
  },
  {
    what: 'store imports http',
    file: 'src/store/mutant-http.ts',
    imports: "import '../http/problem/feature-error.js';",
    rules: ['layer-store'],
  },
  {
    what: 'contracts imports orders',
    file: 'src/contracts/mutant-orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-contracts'],
  },
  {
    what: 'config imports orders',
    file: 'src/config/mutant-orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-config'],
  },
  {
    what: 'sandbox imports orders',
    file: 'src/sandbox/mutant-orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-sandbox'],
  },
  {
    what: 'demo imports orders',
    file: 'src/demo/mutant-orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-demo'],
  },
  {
    what: 'the typed client imports a controller',
    file: 'src/api/mutant-http.ts',
    imports: "import '../http/problem/feature-error.js';",
    rules: ['layer-api'],
  },
  {
    what: 'the command line imports orders',
    file: 'src/cli/mutant-orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-cli'],
  },
  {
    what: 'a new folder that no rule speaks of',
    file: 'src/helpers/mutant-helper.ts',
    imports: "import 'node:fs';",
    rules: ['every-folder-is-a-layer'],
  },
  {
    what: 'typeorm outside of store and sandbox',
    file: 'src/http/mutant-typeorm.ts',
    imports: "import { InjectDataSource } from '@nestjs/typeorm';",
    rules: ['typeorm-only-in-store-and-sandbox'],
  },
  {
    what: 'axios outside of clients and sandbox',
    file: 'src/orders/mutant-axios.ts',
    imports: "import axios from 'axios';",
    rules: ['http-client-only-in-clients'],
  },
  {
    what: 'a metrics client outside of telemetry',
    file: 'src/http/mutant-metrics.ts',
    imports: "import { Counter } from 'prom-client';",
    rules: ['metrics-and-traces-only-in-telemetry'],
  },
  {
    what: 'OpenTelemetry in the runtime',
    file: 'src/durable/runtime/mutant-trace.ts',
    imports: "import { trace } from '@opentelemetry/api';",
    rules: ['durable-imports-xstate-and-node-only', 'metrics-and-traces-only-in-telemetry'],
  },
  {
    what: 'telemetry imports the domain',
    file: 'src/telemetry/mutant-order.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-telemetry'],
  },
  {
    what: 'the domain imports telemetry',
    file: 'src/orders/mutant-telemetry.ts',
    imports: "import '../telemetry/telemetry.js';",
    rules: ['layer-orders'],
  },
  {
    what: 'a development package in production code',
    file: 'src/http/mutant-dev.ts',
    imports: "import request from 'supertest';",
    rules: ['no-dev-dependency-in-production'],
  },
  {
    what: 'test code in production code',
    file: 'src/store/mutant-test.ts',
    imports: "import '../../test/support/wait-until.js';",
    rules: ['no-test-in-production'],
  },
  {
    what: 'a file that is not there',
    file: 'src/store/mutant-missing.ts',
    imports: "import './nowhere.js';",
    rules: ['no-unresolvable'],
  },
  {
    what: 'a circle of two files',
    file: 'src/orders/mutant-circle.ts',
    imports: "import './mutant-other-half.js';",
    rules: ['no-circular'],
    with: { 'src/orders/mutant-other-half.ts': "import './mutant-circle.js';" },
  },
  {
    what: 'a circle of types alone',
    file: 'src/orders/mutant-type-circle.ts',
    imports: "import './mutant-type-half.js';",
    rules: ['no-circular'],
    with: { 'src/orders/mutant-type-half.ts': "import type { It } from './mutant-type-circle.js';" },
  },
  {
    what: 'a circle in the tests',
    file: 'test/support/mutant-circle.ts',
    imports: "import './mutant-other-half.js';",
    rules: ['no-circular-in-tests'],
    with: { 'test/support/mutant-other-half.ts': "import './mutant-circle.js';" },
  },
];

/** What must stay allowed, else a rule would catch everything and prove nothing. */
const ALLOWED = {
  'src/app.module.ts':
    "import './clients/transport/partner-http.js'; import './orders/order.service.js'; import './store/actor.entity.js';",
  'src/clients/allowed-client.ts':
    "import axios from 'axios'; import '../orders/ports/partner-ports.js'; import '../contracts/money-contract.js';",
  'src/durable/runtime/allowed-actor.ts':
    "import { createActor } from 'xstate'; import 'lru-cache'; import 'node:crypto';",
  'src/http/allowed.controller.ts': "import { Get } from '@nestjs/common'; import '../durable/index.js';",
  'src/http/workflows/allowed.controller.ts': "import '../../idempotency/idempotency-store.port.js';",
  'src/orders/http/allowed.controller.ts':
    "import '../order.service.js'; import '../../http/problem/feature-error.js';",
  'src/http/http.module.ts': "import '../store/actor.entity.js';",
  'src/http/allowed-type.ts': "import type { Request } from 'express';",
  'src/orders/allowed.spec.ts': "import '../../test/support/wait-until.js'; import request from 'supertest';",
  'src/orders/allowed-service.ts': "import { Inject } from '@nestjs/common'; import '../durable/index.js';",
  'src/orders/machine/allowed-states.ts': "import { setup } from 'xstate'; import './order/order-machine.js';",
  'src/push/allowed-feed.ts': "import '../durable/index.js'; import '../orders/order.service.js';",
  'src/push/http/allowed-stream.ts': "import '../feed/change-feed.js';",
  'src/returns/allowed.controller.ts':
    "import '../http/workflows/index.js'; import '../orders/order-queries.js'; import './return-registration.js';",
  'src/returns/allowed-activities.ts': "import '../durable/index.js'; import '../orders/ports/partner-ports.js';",
  'src/telemetry/allowed-tracer.ts':
    "import { trace } from '@opentelemetry/api'; import 'prom-client'; import '../durable/index.js'; import '../clients/transport/partner-http.js';",
  'src/sandbox/allowed-desk.ts': "import { DataSource } from 'typeorm'; import '../contracts/money-contract.js';",
  'test/support/allowed-suites.ts': "import './allowed-suite.js';",
  'test/support/allowed-suite.ts': "import type { It } from './allowed-suites.js';",
  'src/store/allowed-store.ts':
    "import { DataSource } from 'typeorm'; import 'sqlite3'; import '../durable/index.js'; import '../http/revocations/revocation-store.port.js';",
  'src/maintenance/allowed-pruner.ts': "import '../http/revocations/revocation-store.port.js';",
};

/** @param {string} root @param {string} file @param {string} text */
function write(root, file, text) {
  const target = path.join(root, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, `${text}\n`);
}

/** Lays the tree out in `root`: the rules speak of paths below `src/` and `node_modules/`. */
function plant(root) {
  for (const file of ['package.json', 'tsconfig.json'])
    fs.copyFileSync(path.join(PROJECT, file), path.join(root, file));
  fs.symlinkSync(path.join(PROJECT, 'node_modules'), path.join(root, 'node_modules'), 'junction');
  // The rules as they are; only that paths behind the link shall read as if they were here.
  write(
    root,
    'rules.cjs',
    `const rules = require(${JSON.stringify(CONFIG)});
     module.exports = { ...rules, options: { ...rules.options, preserveSymlinks: true } };`,
  );
  for (const file of TARGETS) write(root, file, 'export interface It {}');
  for (const [file, text] of Object.entries(ALLOWED)) write(root, file, text);
  for (const mutant of MUTANTS) {
    write(root, mutant.file, `${mutant.imports}\nexport interface It {}`);
    for (const [file, text] of Object.entries(mutant.with ?? {})) write(root, file, text);
  }
}

/** @returns {Map<string, Set<string>>} the rules that each file breaks. */
function cruise(root) {
  const json = execFileSync(
    process.execPath,
    [CRUISER, '--config', 'rules.cjs', '--output-type', 'json', 'src', 'test'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const found = new Map();
  for (const { from, rule } of JSON.parse(json).summary.violations) {
    found.set(from, (found.get(from) ?? new Set()).add(rule.name));
  }
  return found;
}

/** @returns {number} how many complaints were printed. */
function judge(found) {
  let complaints = 0;
  let caught = 0;
  const complain = (line) => {
    complaints += 1;
    console.error(line);
  };
  const known = new Set();
  for (const { what, file, rules, with: others = {} } of MUTANTS) {
    for (const each of [file, ...Object.keys(others)]) known.add(each);
    const broken = [...(found.get(file) ?? [])].sort();
    if (broken.join() === [...rules].sort().join()) {
      caught += 1;
      console.log(`caught  ${what}: ${broken.join(', ')}`);
    } else {
      complain(`MISSED  ${what}: expected ${rules.join(', ')}, reported ${broken.join(', ') || 'nothing'}`);
    }
  }
  for (const [file, rules] of found) {
    if (!known.has(file)) complain(`WRONG   ${file} is allowed, reported ${[...rules].join(', ')}`);
  }
  const tried = new Set(MUTANTS.flatMap(({ rules }) => rules));
  for (const { name } of require(CONFIG).forbidden) {
    if (!tried.has(name)) complain(`UNTRIED no mutant breaks ${name}`);
  }
  console.log(`${MUTANTS.length} mutants, ${caught} caught`);
  return complaints;
}

const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'layer-mutants-')));
const remove = () => fs.rmSync(root, { recursive: true, force: true });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    remove();
    process.exit(1);
  });
}
try {
  plant(root);
  process.exitCode = judge(cruise(root)) === 0 ? 0 : 1;
} finally {
  remove();
}

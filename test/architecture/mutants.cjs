/**
 * Proves that the layer rules of .dependency-cruiser.cjs bite: `npm run layers:selftest`.
 *
 * It builds a small source tree in the system's temp folder (the working tree is not touched), plants one file per
 * forbidden import and one per allowed import, lets dependency-cruiser look at it under the real rules, and asks that
 * every planted file is reported under exactly the rules that forbid it and every allowed one under none. A rule that no
 * file plants a violation of is a failure too: nothing would show that it can fail.
 */
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const PROJECT = path.resolve(__dirname, '../..');
const CONFIG = path.join(PROJECT, '.dependency-cruiser.cjs');
const CRUISER = path.join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** What the planted files import. None of them imports anything. */
const TARGETS = [
  'src/app-address.ts',
  'src/clients/transport/partner-http.ts',
  'src/config/app-config.ts',
  'src/contracts/money-contract.ts',
  'src/durable/runtime/durable-runtime.ts',
  'src/http/problem.filter.ts',
  'src/http/problem/feature-error.ts',
  'src/http/workflows/index.ts',
  'src/orders/order.service.ts',
  'src/orders/machine/order/order-machine.ts',
  'src/orders/ports/partner-ports.ts',
  'src/push/feed/change-feed.ts',
  'src/returns/return-registration.ts',
  'src/sandbox/fault.plan.ts',
  'src/store/actor.entity.ts',
  'src/telemetry/telemetry.ts',
  'test/support/memory-store.ts',
];

/** @type {{ what: string, file: string, imports: string, rules: string[], with?: Record<string, string> }[]} */
const VIOLATIONS = [
  {
    what: 'durable imports @nestjs/common outside of its module file',
    file: 'src/durable/planted.nest.ts',
    imports: "import { Injectable } from '@nestjs/common';",
    rules: ['durable-imports-xstate-and-node-only'],
  },
  {
    what: 'durable imports typeorm',
    file: 'src/durable/planted.typeorm.ts',
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
    file: 'src/durable/planted.orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['durable-imports-xstate-and-node-only', 'layer-durable'],
  },
  {
    what: 'durable imports a type of orders',
    file: 'src/durable/planted.type.ts',
    imports: "import type { It } from '../orders/order.service.js';",
    rules: ['durable-imports-xstate-and-node-only', 'layer-durable'],
  },
  {
    what: 'the machine imports node:fs',
    file: 'src/orders/machine/planted.fs.ts',
    imports: "import { readFileSync } from 'node:fs';",
    rules: ['machine-is-pure'],
  },
  {
    what: 'the machine imports the ports of its own layer',
    file: 'src/orders/machine/planted.ports.ts',
    imports: "import '../ports/partner.ports.js';",
    rules: ['machine-is-pure'],
  },
  {
    what: 'orders imports store',
    file: 'src/orders/planted.store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-orders'],
  },
  {
    what: 'orders imports the composition root',
    file: 'src/orders/planted.root.ts',
    imports: "import '../app.address.js';",
    rules: ['layer-orders'],
  },
  {
    what: 'http imports store',
    file: 'src/http/planted.store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-http'],
  },
  {
    what: 'http imports a feature beside orders',
    file: 'src/http/planted.returns.ts',
    imports: "import '../returns/return.registration.js';",
    rules: ['layer-http'],
  },
  {
    what: 'push imports store',
    file: 'src/push/planted.store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-push'],
  },
  {
    what: 'push imports http',
    file: 'src/push/planted.http.ts',
    imports: "import '../http/problem.filter.js';",
    rules: ['layer-push'],
  },
  {
    what: 'returns import store',
    file: 'src/returns/planted.store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-returns'],
  },
  {
    what: "returns import the orders' machine instead of asking the service",
    file: 'src/returns/planted.machine.ts',
    imports: "import '../orders/machine/order.machine.js';",
    rules: ['layer-returns'],
  },
  {
    what: 'what runs returns knows of HTTP',
    file: 'src/returns/planted.registration.ts',
    imports: "import '../http/workflows/index.js';",
    rules: ['returns-meet-http-at-their-edge'],
  },
  {
    what: 'the machine of returns asks the order service',
    file: 'src/returns/return-machine.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['machine-is-pure'],
  },
  {
    what: 'dashboard imports store',
    file: 'src/dashboard/planted.store.ts',
    imports: "import '../store/actor.entity.js';",
    rules: ['layer-dashboard'],
  },
  {
    what: 'clients imports the order service instead of its ports',
    file: 'src/clients/planted.orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-clients'],
  },
  {
    what: 'store imports http',
    file: 'src/store/planted.http.ts',
    imports: "import '../http/problem.filter.js';",
    rules: ['layer-store'],
  },
  {
    what: 'contracts imports orders',
    file: 'src/contracts/planted.orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-contracts'],
  },
  {
    what: 'config imports orders',
    file: 'src/config/planted.orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-config'],
  },
  {
    what: 'sandbox imports orders',
    file: 'src/sandbox/planted.orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-sandbox'],
  },
  {
    what: 'demo imports orders',
    file: 'src/demo/planted.orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-demo'],
  },
  {
    what: 'the typed client imports a controller',
    file: 'src/api/planted.http.ts',
    imports: "import '../http/http.module.js';",
    rules: ['layer-api'],
  },
  {
    what: 'the command line imports orders',
    file: 'src/cli/planted.orders.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-cli'],
  },
  {
    what: 'a new folder that no rule speaks of',
    file: 'src/helpers/planted.helper.ts',
    imports: "import 'node:fs';",
    rules: ['every-folder-is-a-layer'],
  },
  {
    what: 'typeorm outside of store and sandbox',
    file: 'src/http/planted.typeorm.ts',
    imports: "import { InjectDataSource } from '@nestjs/typeorm';",
    rules: ['typeorm-only-in-store-and-sandbox'],
  },
  {
    what: 'axios outside of clients and sandbox',
    file: 'src/orders/planted.axios.ts',
    imports: "import axios from 'axios';",
    rules: ['http-client-only-in-clients'],
  },
  {
    what: 'a metrics client outside of telemetry',
    file: 'src/http/planted.metrics.ts',
    imports: "import { Counter } from 'prom-client';",
    rules: ['metrics-and-traces-only-in-telemetry'],
  },
  {
    what: 'OpenTelemetry in the runtime',
    file: 'src/durable/planted.trace.ts',
    imports: "import { trace } from '@opentelemetry/api';",
    rules: ['durable-imports-xstate-and-node-only', 'metrics-and-traces-only-in-telemetry'],
  },
  {
    what: 'telemetry imports the domain',
    file: 'src/telemetry/planted.order.ts',
    imports: "import '../orders/order.service.js';",
    rules: ['layer-telemetry'],
  },
  {
    what: 'the domain imports telemetry',
    file: 'src/orders/planted.telemetry.ts',
    imports: "import '../telemetry/telemetry.js';",
    rules: ['layer-orders'],
  },
  {
    what: 'a development package in production code',
    file: 'src/http/planted.dev.ts',
    imports: "import request from 'supertest';",
    rules: ['no-dev-dependency-in-production'],
  },
  {
    what: 'test code in production code',
    file: 'src/store/planted.test.ts',
    imports: "import '../support/memory-store.js';",
    rules: ['no-test-in-production'],
  },
  {
    what: 'a file that is not there',
    file: 'src/store/planted.missing.ts',
    imports: "import './nowhere.js';",
    rules: ['no-unresolvable'],
  },
  {
    what: 'a circle of two files',
    file: 'src/orders/planted.circle.ts',
    imports: "import './planted.other-half.js';",
    rules: ['no-circular'],
    with: { 'src/orders/planted.other-half.ts': "import './planted.circle.js';" },
  },
  {
    what: 'a circle of types alone',
    file: 'src/orders/planted.type-circle.ts',
    imports: "import './planted.type-half.js';",
    rules: ['no-circular'],
    with: { 'src/orders/planted.type-half.ts': "import type { It } from './planted.type-circle.js';" },
  },
  {
    what: 'a circle in the tests',
    file: 'test/support/planted.circle.ts',
    imports: "import './planted.other-half.js';",
    rules: ['no-circular-in-tests'],
    with: { 'test/support/planted.other-half.ts': "import './planted.circle.js';" },
  },
];

/** What must stay allowed, else a rule would catch everything and prove nothing. */
const ALLOWED = {
  'src/app.module.ts':
    "import './clients/partner.http.js'; import './orders/order.service.js'; import './store/actor.entity.js';",
  'src/clients/allowed.client.ts':
    "import axios from 'axios'; import '../orders/ports/partner.ports.js'; import '../contracts/money.contract.js';",
  'src/durable/allowed.actor.ts': "import { createActor } from 'xstate'; import 'lru-cache'; import 'node:crypto';",
  'src/http/allowed.controller.ts': "import { Get } from '@nestjs/common'; import '../orders/order.service.js';",
  'src/http/http.module.ts': "import '../store/actor.entity.js';",
  'src/http/allowed.type.ts': "import type { Request } from 'express';",
  'src/orders/allowed.spec.ts': "import '../support/memory-store.js'; import request from 'supertest';",
  'src/orders/allowed.service.ts': "import { Inject } from '@nestjs/common'; import '../durable/runtime.js';",
  'src/orders/machine/allowed.states.ts': "import { setup } from 'xstate'; import './order.machine.js';",
  'src/push/allowed.feed.ts': "import '../durable/runtime.js'; import '../orders/order.service.js';",
  'src/http/allowed.stream.ts': "import '../push/change.feed.js';",
  'src/returns/allowed.controller.ts':
    "import '../http/workflows/index.js'; import '../orders/order.service.js'; import './return.registration.js';",
  'src/returns/allowed.activities.ts': "import '../durable/runtime.js'; import '../orders/ports/partner.ports.js';",
  'src/telemetry/allowed.tracer.ts':
    "import { trace } from '@opentelemetry/api'; import 'prom-client'; import '../durable/runtime.js'; import '../clients/partner.http.js';",
  'src/sandbox/allowed.desk.ts': "import { DataSource } from 'typeorm'; import '../contracts/money.contract.js';",
  'test/support/allowed.suites.ts': "import './allowed.suite.js';",
  'test/support/allowed.suite.ts': "import type { It } from './allowed.suites.js';",
  'src/store/allowed.store.ts':
    "import { DataSource } from 'typeorm'; import 'sqlite3'; import '../durable/runtime.js';",
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
  for (const violation of VIOLATIONS) {
    write(root, violation.file, `${violation.imports}\nexport interface It {}`);
    for (const [file, text] of Object.entries(violation.with ?? {})) write(root, file, text);
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
  for (const { what, file, rules, with: others = {} } of VIOLATIONS) {
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
  const planted = new Set(VIOLATIONS.flatMap(({ rules }) => rules));
  for (const { name } of require(CONFIG).forbidden) {
    if (!planted.has(name)) complain(`UNTRIED no violation of ${name} is planted`);
  }
  console.log(`${VIOLATIONS.length} planted violations, ${caught} caught`);
  return complaints;
}

const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'planted-violation-')));
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

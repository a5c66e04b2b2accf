// The peers: the worker of each, the database or engine it needs, and its packages that the repository does not have.
import { existsSync } from 'node:fs';
import path from 'node:path';

const NODE_22 = 22;
const RESTATE = ['@restatedev/restate-sdk', '@restatedev/restate-server'];

export const PEERS = {
  'probe-sqlite': { worker: 'probe', database: 'sqlite' },
  'probe-postgres': { worker: 'probe', database: 'postgres' },
  'naive-sqlite': { worker: 'naive', database: 'sqlite' },
  'naive-postgres': { worker: 'naive', database: 'postgres' },
  dbos: { worker: 'dbos', database: 'postgres', packages: ['@dbos-inc/dbos-sdk'] },
  restate: { worker: 'restate-workflow', restate: 'workflow', packages: RESTATE, node: NODE_22 },
  'restate-xstate': {
    worker: 'restate-xstate',
    restate: 'object',
    packages: [...RESTATE, '@restatedev/xstate'],
    node: NODE_22,
  },
  'openworkflow-sqlite': { worker: 'openworkflow', database: 'sqlite', packages: ['openworkflow'], node: NODE_22 },
  'openworkflow-postgres': { worker: 'openworkflow', database: 'postgres', packages: ['openworkflow', 'postgres'] },
};

const MODULES = path.join(import.meta.dirname, 'node_modules');
const isInstalled = (name) => existsSync(path.join(MODULES, name, 'package.json'));
const isNewEnough = (version) => Number(process.versions.node.split('.')[0]) >= version;

/** Packages that a run of the peer lacks here. */
export function missingPackages({ packages = [], node = 0 }) {
  return [...packages, ...(isNewEnough(node) ? [] : ['node22'])].filter((name) => !isInstalled(name));
}

/** The executable that runs the peer's worker. */
export function nodeOf({ node = 0 }) {
  return isNewEnough(node) ? process.execPath : path.join(MODULES, 'node22/bin/node');
}

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Figures } from './report/figures.js';

/** Other systems on the same order flow, and the probe: a group commit without features. See bench/peers. */
export const PEERS = [
  'probe-sqlite',
  'probe-postgres',
  'naive-sqlite',
  'naive-postgres',
  'dbos',
  'restate',
  'restate-xstate',
  'openworkflow-sqlite',
  'openworkflow-postgres',
] as const;
export type Peer = (typeof PEERS)[number];

/** Those that `--peers` measures. */
export const USUAL_PEERS: readonly Peer[] = [
  'probe-sqlite',
  'probe-postgres',
  'naive-sqlite',
  'naive-postgres',
  'dbos',
  'restate',
];

/** The peer's packages are no packages of ours; the message says how to install them. */
export class PeerNotInstalledError extends Error {
  override readonly name = 'PeerNotInstalledError';
}

const SCRIPT = path.join(process.cwd(), 'bench/peers/run.mjs');
const PATIENCE_MS = 300_000;
/** Exit code of the script. */
const NOT_INSTALLED = 3;
const MOST_OUTPUT_BYTES = 2 ** 24;

/**
 * One run of a peer, in processes of its own. CPU is that of its worker and of the driver; `server` is that of its
 * database and its engine, where the machine tells it.
 * @throws PeerNotInstalledError
 */
export async function benchPeer(peer: Peer, orders: number, concurrency: number): Promise<Figures> {
  const args = [SCRIPT, '--peer', peer, '--orders', String(orders), '--concurrency', String(concurrency)];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      timeout: PATIENCE_MS,
      maxBuffer: MOST_OUTPUT_BYTES,
    });
    return JSON.parse(stdout) as Figures; // what the script prints
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code, stderr = '' } = error as Error & { readonly code?: unknown; readonly stderr?: string }; // of a child
    if (code === NOT_INSTALLED) throw new PeerNotInstalledError(stderr.trim());
    throw new Error(`The peer ${peer} could not be measured: ${stderr.trim() || error.message}`, { cause: error });
  }
}

/** A slow peer gets fewer orders, so that a run does not take minutes. */
export function ordersOfPeer(peer: Peer, concurrency: number): number {
  const [one, some, many] = peer.startsWith('probe')
    ? [400, 1_600, 4_000]
    : peer === 'restate-xstate'
      ? [15, 80, 160]
      : [60, 320, 800];
  return concurrency === 1 ? one : concurrency < 100 ? some : many;
}

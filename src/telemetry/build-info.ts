import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface BuildInfo {
  readonly version: string;
  /** The Git commit, or `unknown` when the environment names none. */
  readonly commit: string;
  readonly node: string;
}

const UNKNOWN = 'unknown';

export function buildInfo(gitCommit: string | null): BuildInfo {
  return { version: versionOfPackage(__dirname), commit: gitCommit ?? UNKNOWN, node: process.versions.node };
}

/** Reads the nearest package.json above, because the compiled sources lie at another depth than the sources. */
function versionOfPackage(folder: string): string {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    const { version } = JSON.parse(text) as { readonly version?: unknown }; // checked below
    return typeof version === 'string' ? version : UNKNOWN;
  } catch {
    const parent = dirname(folder);
    return parent === folder ? UNKNOWN : versionOfPackage(parent);
  }
}

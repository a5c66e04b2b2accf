import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The files that documents name. Paths are relative to the root, with `/` between folders. */
export interface SourceTree {
  /** Every file that is ours. */
  readonly files: readonly string[];
  /** Whether there is such a file or folder. */
  has(name: string): boolean;
  /** Text of a file in `files`. */
  read(name: string): string;
}

const NOT_OURS = new Set(['node_modules', 'dist', 'data', 'coverage', '.git']);

export function treeOnDisk(root: string): SourceTree {
  const list = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const name = path.posix.join(folder, entry.name);
      if (NOT_OURS.has(entry.name)) return [];
      return entry.isDirectory() ? list(name) : [name];
    });
  return {
    files: list(''),
    has: (name) =>
      existsSync(path.join(root, name)) && (!name.endsWith('/') || statSync(path.join(root, name)).isDirectory()),
    read: (name) => readFileSync(path.join(root, name), 'utf8'),
  };
}

/** A tree of the given files, for specs. */
export function treeOf(texts: Readonly<Record<string, string>>): SourceTree {
  const files = Object.keys(texts);
  return {
    files,
    has: (name) => files.some((file) => file === name || file.startsWith(`${name.replace(/\/$/, '')}/`)),
    read: (name) => {
      const text = texts[name];
      if (text === undefined) throw new Error(`There is no file ${name}.`);
      return text;
    },
  };
}

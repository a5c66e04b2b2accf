import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Injectable } from '@nestjs/common';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface PageFile {
  readonly type: string;
  readonly content: string;
}

/** Reads the files of the pages once at start. No other file can be requested. */
@Injectable()
export class PageFiles {
  private readonly files: ReadonlyMap<string, PageFile>;

  constructor() {
    const folder = join(__dirname, 'page');
    this.files = new Map(
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
        const type = TYPES[extname(name)];
        return type === undefined
          ? []
          : [[name.replaceAll('\\', '/'), { type, content: readFileSync(join(folder, name), 'utf8') }] as const];
      }),
    );
  }

  /** @param name path within the folder, e.g. `styles/base.css`. */
  find(name: string): PageFile | null {
    return this.files.get(name) ?? null;
  }
}

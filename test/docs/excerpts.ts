import type { SourceTree } from './source-tree.js';

/** A block of code below the name of the file it is from: `` `src/a.ts` ``, a blank line, and the block. */
const EXCERPT = /^`(?<file>(?:src|test)\/[\w./-]+)`\n\n```ts\n(?<code>.*?)\n?```$/gms;

export interface Excerpt {
  readonly file: string;
  readonly code: string;
  /** Line of the file's name. */
  readonly line: number;
}

export function excerptsOf(markdown: string): readonly Excerpt[] {
  return [...markdown.matchAll(EXCERPT)].map(({ groups, index }) => ({
    file: groups?.['file'] ?? '',
    code: groups?.['code'] ?? '',
    line: markdown.slice(0, index).split('\n').length,
  }));
}

/** The document with each excerpt as its file is: one that is no longer part of the file becomes the whole file. */
export function withFreshExcerpts(markdown: string, tree: SourceTree): string {
  return markdown.replaceAll(EXCERPT, (block, file: string, code: string) => {
    if (!tree.files.includes(file) || isCurrent({ file, code }, tree)) return block;
    return `\`${file}\`\n\n\`\`\`ts\n${tree.read(file).trimEnd()}\n\`\`\``;
  });
}

export function isCurrent({ file, code }: Pick<Excerpt, 'file' | 'code'>, tree: SourceTree): boolean {
  return code.trim() !== '' && tree.files.includes(file) && tree.read(file).includes(code);
}

/** A line of prose, with the number a reader's editor shows. Blocks of code are left out. */
export interface ProseLine {
  readonly number: number;
  readonly text: string;
}

export function proseOf(markdown: string): readonly ProseLine[] {
  let fence: string | null = null;
  return markdown.split('\n').flatMap((text, index) => {
    const mark = /^\s*(```+|~~~+)/.exec(text)?.[1] ?? null;
    if (fence !== null) {
      if (mark?.startsWith(fence) === true) fence = null;
      return [];
    }
    if (mark !== null) {
      fence = mark;
      return [];
    }
    return [{ number: index + 1, text }];
  });
}

/** Where the links and pictures of a line lead. */
export function linksOf(line: string): readonly string[] {
  return [...line.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
}

/** What `#…` may name in a document: its headings, as GitHub makes anchors of them, and elements with an id. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const { text } of proseOf(markdown)) {
    const heading = /^#{1,6} (.*)$/.exec(text)?.[1];
    if (heading !== undefined) anchors.add(free(slugOf(heading), anchors));
    for (const [, id = ''] of text.matchAll(/<a id="([^"]+)"/g)) anchors.add(id);
  }
  return anchors;
}

function slugOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

function free(slug: string, taken: ReadonlySet<string>): string {
  let name = slug;
  for (let count = 1; taken.has(name); count += 1) name = `${slug}-${count}`;
  return name;
}

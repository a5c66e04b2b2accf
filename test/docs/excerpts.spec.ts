import { withFreshExcerpts } from './excerpts.js';
import { treeOf } from './source-tree.js';

const tree = treeOf({ 'src/a.ts': 'const a = 1;\nconst b = 2;\n' });
const block = (code: string): string => `Before.\n\n\`src/a.ts\`\n\n\`\`\`ts\n${code}\n\`\`\`\n\nAfter.\n`;

describe('an excerpt', () => {
  it.each(['const b = 2;', 'const a = 1;\nconst b = 2;'])('stays as it is while it is part of its file', (code) => {
    expect(withFreshExcerpts(block(code), tree)).toBe(block(code));
  });

  it.each(['', 'const a = 0;'])('becomes the whole file when it is not', (code) => {
    expect(withFreshExcerpts(block(code), tree)).toBe(block('const a = 1;\nconst b = 2;'));
  });
});

import { faultsOf } from './document-faults.js';
import { treeOf } from './source-tree.js';

/** A tree whose documents tell the truth. */
const TRUE = {
  'README.md': [
    '# Orders',
    '## Where? Here, and `there`',
    'Read [the tour](docs/TOUR.md#1-place), the [records](docs/adr) and [below](#where-here-and-there).',
    '```sh',
    'npm run tell # [no link](nowhere.md)',
    '```',
    '![picture](docs/picture.png) [elsewhere](https://example.com/a#b)',
  ].join('\n'),
  'docs/TOUR.md': [
    '# Tour',
    '## 1. Place',
    '[host.ts](../src/host.ts) `Host.start`, `deliver()` → [chart.ts](../src/chart.ts) `awaitingPayment`.',
    'Shown by [host.spec.ts](../src/host.spec.ts) "starts once", "ends". Code is in `src/host.ts`.',
    '<a id="placed"></a>',
    'Back to [it](#placed).',
    '`src/chart.ts`',
    '',
    '```ts',
    'export const states = {',
    '```',
  ].join('\n'),
  'docs/adr/0001.md': 'Why.',
  'docs/picture.png': '',
  'src/host.ts':
    '// docs/TOUR.md, chart.ts, created by createChart.ts\nexport class Host { start() {} }\nexport function deliver() {}',
  'src/chart.ts': "export const states = { awaitingPayment: {}, 'order.cancel': {} };",
  'src/host.spec.ts': "it('starts once', f); it('ends', f);",
  'package.json': '{ "scripts": { "tell": "node ." } }',
};

const changed = (file: keyof typeof TRUE, from: string, to: string) => {
  expect(TRUE[file]).toContain(from);
  return faultsOf(treeOf({ ...TRUE, [file]: TRUE[file].replace(from, to) }));
};

describe('faultsOf', () => {
  it('finds nothing in documents that name only what is there', () => {
    expect(faultsOf(treeOf(TRUE))).toEqual([]);
  });

  it.each([
    [
      'a link to a missing file',
      'docs/TOUR.md',
      '[chart.ts](../src/chart.ts)',
      '[charts.ts](../src/charts.ts)',
      'docs/TOUR.md',
      3,
      'links to ../src/charts.ts',
    ],
    ['a missing picture', 'README.md', 'picture.png', 'view.png', 'README.md', 7, 'links to docs/view.png'],
    [
      'a label that is another file',
      'docs/TOUR.md',
      '[chart.ts]',
      '[charts.ts]',
      'docs/TOUR.md',
      3,
      'calls ../src/chart.ts charts.ts',
    ],
    ['a heading that was renamed', 'docs/TOUR.md', '## 1. Place', '## 1. Order', 'README.md', 3, 'has no such heading'],
    [
      'an anchor of its own that is gone',
      'README.md',
      'and `there`',
      '',
      'README.md',
      3,
      'links to #where-here-and-there',
    ],
    ['an id that is gone', 'docs/TOUR.md', 'id="placed"', 'id="put"', 'docs/TOUR.md', 6, 'links to #placed'],
    ['a method that was renamed', 'src/host.ts', 'start()', 'begin()', 'docs/TOUR.md', 3, 'names Host.start'],
    ['a class that was renamed', 'src/host.ts', 'class Host', 'class Hosts', 'docs/TOUR.md', 3, 'names Host.start'],
    [
      'a function that is called but not declared',
      'src/host.ts',
      'export function deliver() {}',
      'deliver();',
      'docs/TOUR.md',
      3,
      'names deliver',
    ],
    ['a state that is gone', 'src/chart.ts', 'awaitingPayment', 'paying', 'docs/TOUR.md', 3, 'names awaitingPayment'],
    ['a test that was renamed', 'src/host.spec.ts', "'ends'", "'stops'", 'docs/TOUR.md', 4, 'cites "ends"'],
    [
      'a path in code that is gone',
      'docs/TOUR.md',
      '`src/host.ts`',
      '`src/hosts.ts`',
      'docs/TOUR.md',
      4,
      'names src/hosts.ts',
    ],
    [
      'an excerpt that is no longer the file',
      'src/chart.ts',
      'states =',
      'all =',
      'docs/TOUR.md',
      7,
      'shows other text than src/chart.ts',
    ],
    ['a script that is gone, in an example too', 'package.json', 'tell', 'say', 'README.md', 5, 'names npm run tell'],
    ['a comment about a missing document', 'src/host.ts', 'TOUR.md', 'WALK.md', 'src/host.ts', 1, 'names docs/WALK.md'],
    ['a comment about a missing file', 'src/host.ts', 'chart.ts,', 'charts.ts,', 'src/host.ts', 1, 'names charts.ts'],
    [
      'a document that nothing links to',
      'README.md',
      '[the tour](docs/TOUR.md#1-place)',
      '',
      'docs/TOUR.md',
      1,
      'is linked from no document',
    ],
  ] as const)('reports %s', (_, file, from, to, where, line, message) => {
    expect(changed(file, from, to)).toEqual([
      { file: where, line, message: expect.stringContaining(message) as string },
    ]);
  });

  it('reports a member named without a link that its class does not have', () => {
    const naming = (member: string) => faultsOf(treeOf({ ...TRUE, 'docs/adr/0001.md': `Why \`Host.${member}\`.` }));
    expect(naming('start')).toEqual([]);
    expect(naming('begin')).toMatchObject([{ file: 'docs/adr/0001.md', line: 1 }]);
  });
});

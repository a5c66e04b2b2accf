import { coverageFaults } from './coverage-faults.js';
import { treeOf } from './source-tree.js';

const COMPLETE = {
  'docs/MAP.md': '[orders](../src/orders), [durable](../src/durable/README.md), [turn](../src/durable/turn)',
  'docs/ARCHITECTURE.md':
    '# A\n\n## What is stored\n\n| table | row |\n| --- | --- |\n| `actors` | an actor |\n\n## B\n',
  'docs/API.md': '<a id="order_get"></a>\n',
  'docs/openapi.json': '{ "paths": { "/order/{id}": { "get": { "operationId": "Order_get" } } } }',
  'src/orders/machine/order.ts': '',
  'src/durable/turn/turn.ts': '',
  'src/store/migrations/create.ts': 'CREATE TABLE actors (id)',
};

describe('coverageFaults', () => {
  const complete = { ...COMPLETE, 'docs/MAP.md': `${COMPLETE['docs/MAP.md']}, [store](../src/store)` };

  it('finds nothing where every folder, table and call is shown', () => {
    expect(coverageFaults(treeOf(complete))).toEqual([]);
  });

  it.each([
    ['a folder of src', COMPLETE, 'docs/MAP.md', 'does not show the folder src/store'],
    [
      'a folder of the runtime',
      { ...complete, 'src/durable/draft/a.ts': '' },
      'docs/MAP.md',
      'does not show the folder src/durable/draft',
    ],
    [
      'a table',
      { ...complete, 'src/store/b.ts': 'CREATE TABLE tasks (id)' },
      'docs/ARCHITECTURE.md',
      'does not name the table tasks',
    ],
    [
      'a table that is gone',
      { ...complete, 'src/store/migrations/create.ts': '' },
      'docs/ARCHITECTURE.md',
      'names the table actors',
    ],
    ['a call', { ...complete, 'docs/API.md': '' }, 'docs/API.md', 'has no example of order_get'],
    ['a call that is gone', { ...complete, 'docs/openapi.json': '{ "paths": {} }' }, 'docs/API.md', 'shows order_get'],
  ])('reports %s', (_, texts, file, message) => {
    expect(coverageFaults(treeOf(texts))).toEqual([
      { file, line: 1, message: expect.stringContaining(message) as string },
    ]);
  });
});

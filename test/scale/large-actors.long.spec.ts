import { fork } from 'node:child_process';
import { once } from 'node:events';
import { compiled } from '../support/compiled-sources.js';

describe('2,000 parked actors of 500 lines each (G12)', () => {
  it('leave a process with a heap of 256 MB alive', async () => {
    const child = fork(compiled('test/scale/large-actors-child.js'), { execArgv: ['--max-old-space-size=256'] });
    let told: { readonly actors?: number; readonly maxRssMb?: number } = {};
    child.on('message', (message) => (told = message as typeof told)); // all that it says
    const [code] = (await once(child, 'exit')) as [number | null];
    expect([code, told.actors]).toEqual([0, 2_000]);
    process.stdout.write(`large actors: ${told.actors ?? 0}, ${Math.round(told.maxRssMb ?? 0)} MB at the most\n`);
  });
});

/**
 * A process that opens the SQLite store given as its argument, commits one actor, says so in one line of JSON, and holds
 * the store until its standard input ends. Says the error's code and message instead when it is refused.
 */
import { aCommit, anActor } from './record-fixture.js';
import { createStore } from '../../src/store/store-factory.js';

async function hold(path: string): Promise<void> {
  try {
    const opened = await createStore({ type: 'sqlite', path });
    const actor = anActor();
    await opened.store.commit([aCommit(actor)]);
    console.log(JSON.stringify({ actorId: actor.actorId }));
    process.stdin.resume().once('close', () => void opened.close());
  } catch (error) {
    const { code, message } =
      error instanceof Error && 'code' in error ? error : { code: null, message: String(error) };
    console.log(JSON.stringify({ code, message }));
  }
}

void hold(process.argv[2] ?? '');

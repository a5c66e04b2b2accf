import { LazySignal } from './lazy-signal.js';

class Errand extends LazySignal {
  readonly name = 'errand';
}

describe('an object with a lazy signal', () => {
  const made: AbortSignal[] = [];
  const source = {
    get signal(): AbortSignal {
      made.push(new AbortController().signal);
      return made.at(-1)!;
    },
  };

  beforeEach(() => made.splice(0));

  it('does not ask for it before somebody does', () => {
    const errand = new Errand(source);
    expect([errand.name, made]).toEqual(['errand', []]);
    expect(errand.signal).toBe(made[0]);
  });

  it('gives it to who spreads the object', () => {
    const fields: object = new Errand(source);
    expect({ ...fields }).toEqual({ name: 'errand', signal: made[0] });
    expect(made).toHaveLength(1);
  });
});

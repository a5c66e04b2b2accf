/** The only source of chance in a simulated world: xoshiro128** (Blackman, Vigna 2018), seeded through splitmix32. */
export class RandomSource {
  private readonly state: Uint32Array;

  constructor(seed: number) {
    let mixed = seed >>> 0;
    this.state = Uint32Array.from({ length: 4 }, () => {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let word = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
      word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
      return (word ^ (word >>> 16)) >>> 0;
    });
  }

  /** Uniform in [0, 1). */
  next(): number {
    const { state } = this;
    const [s0, s1, s2, s3] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    state[2] = s2 ^ s0;
    state[3] = s3 ^ s1;
    state[1] = s1 ^ state[2];
    state[0] = s0 ^ state[3];
    state[2] ^= s1 << 9;
    state[3] = (state[3] << 11) | (state[3] >>> 21);
    return result / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** An integer, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** Exponentially distributed, in whole units. */
  around(mean: number): number {
    return Math.ceil(-mean * Math.log(1 - this.next()));
  }

  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.next() * choices.length)]!;
  }

  /** Picks by weight. Asked for with every call of a world: it makes no list of them. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    let sum = 0;
    for (const choice in weights) sum += weights[choice];
    let left = this.next() * sum;
    let last: T | null = null;
    for (const choice in weights) {
      left -= weights[choice];
      last = choice;
      if (left < 0) break;
    }
    return last!;
  }
}

/** A world's own seed out of a run's. */
export function worldSeed(seed: number, world: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(world + 1, 0x85ebca77)) >>> 0;
}

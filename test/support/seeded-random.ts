/** Random numbers that a seed repeats (mulberry32: 32 bits of state, public domain, Tommy Ettinger 2017). */
export class SeededRandom {
  constructor(private state: number) {}

  /** From 0 up to, but not including, `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit;
  }

  chance(probability: number): boolean {
    return this.below(1) < probability;
  }

  pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.below(list.length))];
  }
}

/**
 * Bounds the number of values of a label, because each value makes a time series that never goes away.
 * The first `size` values pass; every later value becomes `other`. Use it for labels whose values come from machines or
 * partners.
 */
export class LabelLimiter {
  private readonly known = new Set<string>();

  constructor(private readonly size: number) {}

  value(text: string): string {
    if (this.known.has(text)) return text;
    if (this.known.size >= this.size) return 'other';
    this.known.add(text);
    return text;
  }
}

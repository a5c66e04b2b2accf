/**
 * Keeps a label from having ever more values: each different one is a time series of its own, for ever. The first `size`
 * values pass, every later one is `other`. Values of ours are few; this is for words that machines and partners choose.
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

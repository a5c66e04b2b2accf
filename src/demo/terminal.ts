const COLOURS = { dim: 2, red: 31, green: 32, yellow: 33, cyan: 36, bold: 1 } as const;

/** Plain when the output is no terminal, so that it can be piped. */
export function paint(colour: keyof typeof COLOURS, text: string): string {
  return process.stdout.isTTY ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One line of the story, with the seconds since it began. */
export class Story {
  private readonly begun = performance.now();
  private lastTopic = '';

  tell(text: string): void {
    const seconds = ((performance.now() - this.begun) / 1_000).toFixed(1).padStart(6);
    say(`${paint('dim', `${seconds} s`)}  ${text}`);
  }

  /** As {@link tell}, but not twice in a row about the same. */
  tellOnce(topic: string, text: string): void {
    if (topic !== this.lastTopic) this.tell(text);
    this.lastTopic = topic;
  }
}

const PAUSE_MS = 20;

/** Asks again until the answer is not null; the limit guards only against a hang. @throws Error naming what was waited for. */
export async function waitUntil<T>(what: string, ask: () => Promise<T | null>, timeoutMs = 120_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

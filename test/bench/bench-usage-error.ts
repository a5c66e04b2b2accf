/** What was asked for cannot be measured; the message says what can. */
export class BenchUsageError extends Error {
  override readonly name = 'BenchUsageError';
}

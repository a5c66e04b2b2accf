/**
 * A partner says no. `code` is stable and is what callers branch on; `detail` is for people.
 * Thrown inside a write it rolls the write back: a refused call changes nothing.
 */
export class PartnerRefusal extends Error {
  override readonly name = 'PartnerRefusal';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${code}: ${detail}`);
  }
}

/**
 * A partner refuses a call. Callers branch on the stable `code`; people read `detail`.
 * A refusal inside a write rolls the write back, so a refused call changes nothing.
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

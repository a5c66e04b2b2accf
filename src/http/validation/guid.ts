const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

/** @returns a GUID of any version in lower case. Null: the text is no GUID, or the all-zero one. */
export function readGuid(text: string): string | null {
  const guid = text.toLowerCase();
  return GUID.test(guid) && guid !== EMPTY_GUID ? guid : null;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

/** The GUID in lower case, of any version; null when it is none, or the all-zero one. */
export function readGuid(text: string): string | null {
  const guid = text.toLowerCase();
  return GUID.test(guid) && guid !== EMPTY_GUID ? guid : null;
}

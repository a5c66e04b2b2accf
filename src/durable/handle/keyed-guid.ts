import { createHash, randomUUID } from 'node:crypto';

/**
 * Makes the id of something that is created under a key. The same key and subject give the same id in every process, so that
 * a repeated request finds what the first one created. The id is a GUID of version 8 (RFC 9562, section 5.8) made of SHA-256.
 * Without a key it is random.
 * @param subject the key counts for it alone, e.g. the id of a session.
 */
export function keyedGuid(subject: string, key: string | undefined): string {
  if (key === undefined) return randomUUID();
  const bytes = createHash('sha256')
    .update(JSON.stringify([subject, key]))
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

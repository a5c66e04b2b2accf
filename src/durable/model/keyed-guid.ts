import { createHash, randomUUID } from 'node:crypto';

/**
 * The id of something that is made under a key: the same for the same key and subject, so that a request that is made
 * again, by whichever process, finds what the first one made. A GUID of version 8 (RFC 9562, section 5.8) made of SHA-256;
 * random without a key. @param subject what the key is used for: a cart, say.
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

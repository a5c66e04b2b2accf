import { keyedGuid } from './keyed-guid.js';

const OLD = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

describe('the id of something that is made under a key', () => {
  it('is a GUID, the same for the same key of the same subject and no other (G17)', () => {
    const id = keyedGuid(OLD, 'k-1');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(keyedGuid(OLD, 'k-1')).toBe(id);
    const others = [keyedGuid(OLD, 'k-2'), keyedGuid(id, 'k-1'), keyedGuid(OLD, undefined), keyedGuid(OLD, undefined)];
    expect(new Set([id, ...others]).size).toBe(5);
  });
});

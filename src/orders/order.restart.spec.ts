import { restartId } from './order.restart.js';

const OLD = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

describe('the id of a repeated order', () => {
  it('is a GUID, the same for the same key of the same order and no other', () => {
    const id = restartId(OLD, 'k-1');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(restartId(OLD, 'k-1')).toBe(id);
    const others = [restartId(OLD, 'k-2'), restartId(id, 'k-1'), restartId(OLD, undefined), restartId(OLD, undefined)];
    expect(new Set([id, ...others]).size).toBe(5);
  });
});

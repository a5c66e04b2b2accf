import { orderRedactor } from './order-redaction.js';
import { redactPaths } from './redact-paths.js';

const H = '[redacted]';

describe('what an operator names to be hidden (G8)', () => {
  it('is hidden by its key wherever it is, in lists too, whatever its case and dashes', () => {
    const value = { taxId: 1, list: [{ 'Tax-ID': 2, kept: 3 }], inner: { tax_id: { deep: 4 } } };
    expect(redactPaths(['taxid'])(value)).toEqual({ taxId: H, list: [{ 'Tax-ID': H, kept: 3 }], inner: { tax_id: H } });
  });

  it('is hidden by its path where it lies at the end of it, and nowhere else', () => {
    const value = {
      note: 'kept',
      customer: { note: 'hidden', lines: [{ note: 'kept' }] },
      event: { customer: { note: 'hidden' } },
    };
    expect(redactPaths(['customer.note'])(value)).toEqual({
      note: 'kept',
      customer: { note: H, lines: [{ note: 'kept' }] },
      event: { customer: { note: H } },
    });
    expect(redactPaths(['customer.lines.note'])(value)).toMatchObject({ customer: { lines: [{ note: H }] } });
  });

  it('is nothing when nothing is named: the value is the very same', () => {
    const value = { anything: { at: 'all' } };
    expect(redactPaths([])(value)).toBe(value);
    expect(redactPaths(['missing', 'also.missing'])(value)).toBe(value);
  });

  it('is hidden from orders besides what always is', () => {
    const value = { email: 'greta@example.com', city: 'Berlin', status: 'open' };
    expect(orderRedactor([])(value)).toEqual({ email: H, city: 'Berlin', status: 'open' });
    expect(orderRedactor(['city'])(value)).toEqual({ email: H, city: H, status: 'open' });
  });
});

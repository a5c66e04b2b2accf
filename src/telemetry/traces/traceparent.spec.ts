import { readTraceparent, writeTraceparent } from './traceparent.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('traceparent', () => {
  it('reads version 00 and later ones as W3C Trace Context says, and writes version 00', () => {
    const context = { traceId: TRACE, spanId: SPAN, traceFlags: 1, isRemote: true };
    expect(readTraceparent(`00-${TRACE}-${SPAN}-01`)).toEqual(context);
    expect(readTraceparent(`cc-${TRACE}-${SPAN}-09-what-comes`)).toEqual(context);
    expect(readTraceparent(`00-${TRACE}-${SPAN}-02`)).toMatchObject({ traceFlags: 0 });
    expect(writeTraceparent(context)).toBe(`00-${TRACE}-${SPAN}-01`);
    expect(writeTraceparent({ ...context, traceFlags: 0 })).toBe(`00-${TRACE}-${SPAN}-00`);
  });

  it.each([
    '',
    TRACE,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${SPAN}`,
  ])('reads %j as no trace', (header) => {
    expect(readTraceparent(header)).toBeNull();
  });
});

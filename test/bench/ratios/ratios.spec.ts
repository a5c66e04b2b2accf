import { compareRatios, describeComparison, ratioOf } from './ratios.js';

describe('ratioOf', () => {
  it('is more the more orders the engine takes, and the less CPU it needs for one', () => {
    const engine = { ordersPerSecond: 500, cpuMicrosPerOrder: 2_000 };
    const probe = { ordersPerSecond: 2_000, cpuMicrosPerOrder: 500 };
    expect(ratioOf(engine, probe)).toEqual({ ordersPerSecond: 0.25, cpuPerOrder: 0.25 });
  });
});

describe('compareRatios', () => {
  const at = (ordersPerSecond: number, cpuPerOrder: number) => ({ 'sqlite C=1': { ordersPerSecond, cpuPerOrder } });

  it('keeps a ratio that is 80 % of the recorded one', () => {
    expect(compareRatios(at(0.5, 0.2), at(0.4, 0.5))).toEqual([
      { place: 'sqlite C=1', figure: 'ordersPerSecond', recorded: 0.5, measured: 0.4, isKept: true },
      { place: 'sqlite C=1', figure: 'cpuPerOrder', recorded: 0.2, measured: 0.5, isKept: true },
    ]);
  });

  it('keeps no ratio below that, whichever figure it is', () => {
    expect(compareRatios(at(0.5, 0.2), at(0.39, 0.2)).map(({ isKept }) => isKept)).toEqual([false, true]);
    expect(compareRatios(at(0.5, 0.2), at(0.5, 0.15)).map(({ isKept }) => isKept)).toEqual([true, false]);
  });

  it('keeps no ratio that could not be measured', () => {
    expect(compareRatios(at(0.5, 0.2), at(NaN, 0.2))[0]).toMatchObject({ isKept: false });
  });

  it('refuses to compare other places than were recorded', () => {
    expect(() => compareRatios(at(0.5, 0.2), {})).toThrow('Ratios were recorded at sqlite C=1, and measured at .');
  });
});

describe('describeComparison', () => {
  const lost = { place: 'sqlite C=1', figure: 'cpuPerOrder', recorded: 0.5, measured: 0.25, isKept: false } as const;

  it('prints both ratios and the verdict', () => {
    expect(describeComparison(lost)).toBe(
      'sqlite C=1      CPU/order  recorded 0.500  measured 0.250  50 %, less than 80 %',
    );
  });

  it('prints no verdict where the ratio is kept', () => {
    expect(describeComparison({ ...lost, measured: 0.5, isKept: true })).toBe(
      'sqlite C=1      CPU/order  recorded 0.500  measured 0.500  100 %',
    );
  });
});

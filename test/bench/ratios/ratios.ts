/** What the engine reaches of what the probe reaches at the same place. More is better; 1 is the probe itself. */
export interface Ratio {
  /** The engine's orders in a second, divided by the probe's. */
  readonly ordersPerSecond: number;
  /** The probe's CPU for an order, divided by the engine's. */
  readonly cpuPerOrder: number;
}

/** By place, e.g. `sqlite C=100`. */
export type Ratios = Readonly<Record<string, Ratio>>;

export interface RatioComparison {
  readonly place: string;
  readonly figure: keyof Ratio;
  readonly recorded: number;
  readonly measured: number;
  /** The measured one is at least {@link LEAST_SHARE} of the recorded one. */
  readonly isKept: boolean;
}

interface Costs {
  readonly ordersPerSecond: number;
  readonly cpuMicrosPerOrder: number;
}

const LEAST_SHARE = 0.8;
const FIGURES: readonly (keyof Ratio)[] = ['ordersPerSecond', 'cpuPerOrder'];

export function ratioOf(engine: Costs, probe: Costs): Ratio {
  return {
    ordersPerSecond: engine.ordersPerSecond / probe.ordersPerSecond,
    cpuPerOrder: probe.cpuMicrosPerOrder / engine.cpuMicrosPerOrder,
  };
}

/** @throws Error when a place was recorded and not measured, or the other way round. */
export function compareRatios(recorded: Ratios, measured: Ratios): readonly RatioComparison[] {
  const places = Object.keys(recorded);
  if (places.toSorted().join() !== Object.keys(measured).toSorted().join()) {
    throw new Error(
      `Ratios were recorded at ${places.join(', ')}, and measured at ${Object.keys(measured).join(', ')}.`,
    );
  }
  return places.flatMap((place) =>
    FIGURES.map((figure) => {
      const [before, now] = [recorded[place]?.[figure] ?? NaN, measured[place]?.[figure] ?? NaN];
      return { place, figure, recorded: before, measured: now, isKept: now >= before * LEAST_SHARE };
    }),
  );
}

export function describeComparison({ place, figure, recorded, measured, isKept }: RatioComparison): string {
  const share = Math.round((measured / recorded) * 100);
  const verdict = isKept ? '' : `, less than ${LEAST_SHARE * 100} %`;
  const what = figure === 'ordersPerSecond' ? 'orders/s' : 'CPU/order';
  return `${place.padEnd(15)} ${what.padEnd(9)}  recorded ${recorded.toFixed(3)}  measured ${measured.toFixed(3)}  ${share} %${verdict}`;
}

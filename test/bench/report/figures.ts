interface FigureFormat {
  readonly heading: string;
  readonly digits: number;
}

/** Every figure there is, in the order of a table's columns. */
export const FIGURES = {
  stored: { heading: 'stored', digits: 0 },
  underWay: { heading: 'under way', digits: 0 },
  ordersPerSecond: { heading: 'orders/s', digits: 0 },
  turnsPerSecond: { heading: 'turns/s', digits: 0 },
  cpuMicrosPerTurn: { heading: 'CPU µs/turn', digits: 0 },
  cpuMicrosPerOrder: { heading: 'CPU µs/order', digits: 0 },
  partnersCpuMicrosPerOrder: { heading: 'partners CPU µs/order', digits: 0 },
  serverCpuMicrosPerOrder: { heading: 'server CPU µs/order', digits: 0 },
  startToParkedP50Ms: { heading: 'start→parked p50 ms', digits: 1 },
  startToParkedP99Ms: { heading: 'p99', digits: 1 },
  paidToEndedP50Ms: { heading: 'paid→ended p50 ms', digits: 1 },
  paidToEndedP99Ms: { heading: 'p99', digits: 1 },
  commitsPerOrder: { heading: 'commits/order', digits: 2 },
  roundTripsPerOrder: { heading: 'round trips/order', digits: 2 },
  bytesPerTurn: { heading: 'bytes/turn', digits: 0 },
  bytesPerOrder: { heading: 'bytes/order', digits: 0 },
  walBytesPerOrder: { heading: 'WAL bytes/order', digits: 0 },
  hotUpdatePercent: { heading: 'HOT %', digits: 0 },
  firstOrderMs: { heading: 'first new order ms', digits: 0 },
  residentMb: { heading: 'resident MB', digits: 1 },
  memoryBytesPerOrder: { heading: 'memory bytes/order', digits: 0 },
  idleCpuPercent: { heading: 'idle CPU %', digits: 2 },
  readyMs: { heading: 'ready ms', digits: 0 },
  allEndedMs: { heading: 'all ended ms', digits: 0 },
  syncsPerSecond: { heading: 'fdatasync/s', digits: 0 },
  commitsPerSecond: { heading: 'commits/s', digits: 0 },
  rowsPerSecond: { heading: 'rows/s', digits: 0 },
  microsPerCall: { heading: 'µs/call', digits: 2 },
} as const satisfies Readonly<Record<string, FigureFormat>>;

export type FigureName = keyof typeof FIGURES;

export type Figures = Readonly<Partial<Record<FigureName, number>>>;

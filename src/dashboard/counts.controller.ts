import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DurableRuntime, STORE_STATS, type StoreStatsSource } from '../durable/index.js';
import { ApiStoreProblems } from '../http/openapi/api-problem.decorator.js';
import { Roles } from '../http/auth/roles.decorator.js';

interface OrderCounts {
  readonly open: number;
  readonly attention: number;
  readonly suspended: number;
  readonly byStatus: Readonly<Record<string, number>>;
}

class OrderCountsDto implements OrderCounts {
  @ApiProperty({ example: 12, description: 'Orders that have not ended.' })
  readonly open!: number;
  @ApiProperty({ example: 1, description: 'Open incidents: what waits for a person.' })
  readonly attention!: number;
  @ApiProperty({ example: 0 })
  readonly suspended!: number;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { AwaitingPayment: 11, ReservingProducts: 1 },
    description: 'Open orders by status; one that none is in is left out.',
  })
  readonly byStatus!: Readonly<Record<string, number>>;
}

/** One count serves all pages for this long, because the store reads every open order. */
const FRESH_MS = 1_000;

@ApiTags('operators')
@Roles('operator')
@Controller('dashboard/counts')
export class CountsController {
  private last: { readonly at: number; readonly counts: Promise<OrderCounts> } | null = null;

  constructor(
    @Inject(STORE_STATS) private readonly source: StoreStatsSource,
    private readonly runtime: DurableRuntime,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Count open orders', description: 'At most a second old.' })
  @ApiOkResponse({ type: OrderCountsDto })
  @ApiStoreProblems()
  counts(): Promise<OrderCounts> {
    const now = this.runtime.clock.now();
    if (this.last !== null && now - this.last.at < FRESH_MS) return this.last.counts;
    const counts = this.count(now);
    const asked = { at: now, counts };
    this.last = asked;
    // A failed count is not kept.
    counts.catch(() => {
      if (this.last === asked) this.last = null;
    });
    return counts;
  }

  private async count(now: number): Promise<OrderCounts> {
    const { actors, incidents } = await this.source.stats(now);
    const orders = actors.filter(({ machineId }) => machineId === 'order');
    const sum = (rows: readonly { readonly count: number }[]): number =>
      rows.reduce((total, { count }) => total + count, 0);
    const statuses = [...new Set(orders.map(({ status }) => status))];
    return {
      open: sum(orders),
      attention: sum(incidents.filter(({ machineId }) => machineId === 'order')),
      suspended: sum(orders.filter(({ runtimeStatus }) => runtimeStatus === 'suspended')),
      byStatus: Object.fromEntries(
        statuses.map((status) => [status, sum(orders.filter((row) => row.status === status))]),
      ),
    };
  }
}

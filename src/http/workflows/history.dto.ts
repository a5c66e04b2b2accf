import { ApiProperty } from '@nestjs/swagger';

const TIME = '2026-01-31T12:00:00.000Z';
const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;

export class OrderHistoryEntryDto {
  @ApiProperty({ example: 3, description: 'From 1, without a gap.' })
  readonly seq!: number;
  @ApiProperty({ example: 1 })
  readonly revision!: number;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly at!: string;
  @ApiProperty({ example: 'activity.scheduled' })
  readonly type!: string;
  @ApiProperty({ ...ANY_OBJECT, example: { activityId: 'getProducts', taskId: 'getProducts#1', attempt: 1 } })
  readonly data!: Readonly<Record<string, unknown>>;
}

export class OrderHistoryPageDto {
  @ApiProperty({ type: [OrderHistoryEntryDto] })
  readonly items!: readonly OrderHistoryEntryDto[];
  @ApiProperty({ type: Number, nullable: true, example: null, description: 'Ask with `after` for the next page.' })
  readonly next!: number | null;
}

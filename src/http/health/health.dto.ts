import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Why the service takes no orders. The first that applies is reported. */
const OBSTACLES = [
  'draining',
  'starting',
  'store_unavailable',
  'store_not_writable',
  'overloaded',
  'clock_off',
  'timers_late',
  'backlog_too_long',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

export interface Alive {
  readonly status: 'ok';
}

export class AliveDto implements Alive {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  readonly status!: 'ok';
}

export class ReadinessDto {
  @ApiProperty({ enum: ['ok', 'unavailable'], example: 'ok' })
  readonly status!: 'ok' | 'unavailable';

  @ApiPropertyOptional({ enum: OBSTACLES, description: 'Why it is unavailable.' })
  readonly reason?: Obstacle;

  @ApiPropertyOptional({
    description: 'The reason in words.',
    example: 'The oldest timer is 75000 ms late, 60000 are allowed.',
  })
  readonly detail?: string;

  @ApiPropertyOptional({ description: 'How late the oldest timer is that is due and not taken up, in milliseconds.' })
  readonly timerLagMs?: number;

  @ApiPropertyOptional({ description: 'Tasks that are due and not taken up, counted up to 10000.' })
  readonly backlog?: number;

  @ApiPropertyOptional({
    description: "How far the machine's clock is ahead of the database's, in milliseconds, when it is too far off.",
  })
  readonly clockOffsetMs?: number;
}

export interface Build {
  readonly version: string;
  readonly commit: string;
  readonly node: string;
  readonly schema: string;
  readonly startedAt: string;
}

export class BuildDto implements Build {
  @ApiProperty({ example: '1.0.0' })
  readonly version!: string;

  @ApiProperty({ description: 'Of Git, as GIT_COMMIT says; else "unknown".', example: '1a2b3c4' })
  readonly commit!: string;

  @ApiProperty({ description: 'Version of Node.js.', example: '22.11.0' })
  readonly node!: string;

  @ApiProperty({ description: 'The newest change to the database schema; "unknown" while the database is away.' })
  readonly schema!: string;

  @ApiProperty({ format: 'date-time', description: 'When this process started.' })
  readonly startedAt!: string;
}

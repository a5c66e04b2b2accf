import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { AsList } from './page-query.dto.js';

/** Query parameters of a history. */
export class HistoryQuery {
  @ApiPropertyOptional({ example: 0, description: 'Entries with a greater sequence number.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly after?: number;

  @ApiPropertyOptional({ type: [String], example: ['activity.failed'], description: 'Only of these types.' })
  @IsOptional()
  @AsList()
  @Matches(/^[a-z_.]{1,60}$/, { each: true, message: 'type must be that of a history entry, e.g. activity.failed' })
  readonly type?: string[];

  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'true', description: 'What activities were given.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly showInput?: 'true' | 'false';

  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'true', description: 'What activities gave.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly showOutput?: 'true' | 'false';

  @ApiPropertyOptional({ example: 100, minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  readonly limit?: number;
}
